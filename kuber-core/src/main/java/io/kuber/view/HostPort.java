package io.kuber.view;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** A port of the node itself that a pod takes. */
public record HostPort(String protocol, String ip, long port) {
  private static final String ANY = "0.0.0.0";

  /** Those of a pod, of what runs beside each other in it. */
  public static List<HostPort> of(Tree spec) {
    List<HostPort> ports = new ArrayList<>();
    for (Tree container : spec.items("containers").trees()) {
      add(container.items("ports"), ports);
    }
    for (Tree container : spec.items("initContainers").trees()) {
      if (container.text("restartPolicy").equals("Always")) {
        add(container.items("ports"), ports);
      }
    }
    return List.copyOf(ports);
  }

  private static void add(Items declared, List<HostPort> ports) {
    for (Tree port : declared.trees()) {
      long number = port.number(0, "hostPort");
      if (number > 0) {
        String protocol = port.text("protocol");
        String ip = port.text("hostIP");
        ports.add(
            new HostPort(protocol.isEmpty() ? "TCP" : protocol, ip.isEmpty() ? ANY : ip, number));
      }
    }
  }

  /** Whether both cannot be had at once. */
  public boolean collidesWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
  }
}
