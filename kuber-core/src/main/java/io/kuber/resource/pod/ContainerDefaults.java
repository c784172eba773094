package io.kuber.resource.pod;

import static io.kuber.resource.pod.Each.or;

import io.kuber.object.Tree;

/** The fields of a container that are set when the user leaves them out. */
final class ContainerDefaults {
  private ContainerDefaults() {}

  static Tree of(Tree container, boolean hostNetwork) {
    Tree complete = Each.item(container, "ports", port -> port(port, hostNetwork));
    complete = Each.item(complete, "env", ContainerDefaults::env);
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      complete = Each.child(complete, probe, ContainerDefaults::probe);
    }
    complete = Each.child(complete, "lifecycle", ContainerDefaults::lifecycle);
    complete = or(complete, "resources", Tree.EMPTY);
    complete = or(complete, "terminationMessagePath", "/dev/termination-log");
    complete = or(complete, "terminationMessagePolicy", "File");
    return or(complete, "imagePullPolicy", pullPolicy(complete.text("image")));
  }

  /** An image that may change under its name is pulled always. */
  private static String pullPolicy(String image) {
    boolean pinned = image.contains("@");
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !last.contains(":") || last.endsWith(":latest");
    return latest && !pinned ? "Always" : "IfNotPresent";
  }

  private static Tree port(Tree port, boolean hostNetwork) {
    Tree complete = or(port, "protocol", "TCP");
    return hostNetwork && port.get("containerPort") != null
        ? or(complete, "hostPort", port.number(0, "containerPort"))
        : complete;
  }

  private static Tree env(Tree variable) {
    return Each.child(
        variable,
        "valueFrom",
        from -> Each.child(from, "fieldRef", field -> or(field, "apiVersion", "v1")));
  }

  private static Tree lifecycle(Tree lifecycle) {
    Tree complete = Each.child(lifecycle, "postStart", ContainerDefaults::handler);
    return Each.child(complete, "preStop", ContainerDefaults::handler);
  }

  private static Tree handler(Tree handler) {
    return Each.child(handler, "httpGet", get -> or(or(get, "path", "/"), "scheme", "HTTP"));
  }

  private static Tree probe(Tree probe) {
    Tree complete = handler(probe);
    complete = Each.child(complete, "grpc", g -> g.has("service") ? g : g.with("service", ""));
    complete = positive(complete, "timeoutSeconds", 1);
    complete = positive(complete, "periodSeconds", 10);
    complete = positive(complete, "successThreshold", 1);
    return positive(complete, "failureThreshold", 3);
  }

  private static Tree positive(Tree probe, String name, long otherwise) {
    return probe.number(0, name) == 0 ? probe.with(name, otherwise) : probe;
  }
}
