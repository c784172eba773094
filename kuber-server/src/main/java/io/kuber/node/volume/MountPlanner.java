package io.kuber.node.volume;

import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerMount.Access;
import io.kuber.container.ContainerMount.Propagation;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides what a container mounts of its pod's volumes. Pure. */
final class MountPlanner {
  private MountPlanner() {}

  /**
   * The mounts of a container, in the order in which it declares them.
   *
   * @param volumes by name
   * @param expand puts the container's environment into {@code subPathExpr}
   * @throws VolumeException when a mount is not possible
   */
  static List<ContainerMount> plan(
      Tree container, Map<String, Made> volumes, UnaryOperator<String> expand) {
    boolean privileged = container.isTrue("securityContext", "privileged");
    List<ContainerMount> mounts = new ArrayList<>();
    for (Tree mount : container.items("volumeMounts").trees()) {
      Made volume = find("volumeMounts", mount, volumes);
      mounts.add(plan(mount, volume, part(mount, expand), privileged));
    }
    for (Tree device : container.items("volumeDevices").trees()) {
      mounts.add(device(device, find("volumeDevices", device, volumes)));
    }
    return mounts;
  }

  private static Made find(String field, Tree wanted, Map<String, Made> volumes) {
    @Nullable Made volume = volumes.get(wanted.text("name"));
    if (volume == null) {
      throw new VolumeException(field + ": the pod has no volume \"" + wanted.text("name") + "\"");
    }
    return volume;
  }

  private static ContainerMount device(Tree wanted, Made volume) {
    if (volume instanceof Made.Device device) {
      return new ContainerMount.Device(device.path(), wanted.text("devicePath"), device.readOnly());
    }
    throw new VolumeException(
        "volume %s has volumeMode Filesystem, but is specified in volumeDevices"
            .formatted(wanted.text("name")));
  }

  private static ContainerMount plan(Tree mount, Made volume, String part, boolean privileged) {
    String declared = mount.text("mountPath");
    String target = declared.startsWith("/") ? declared : "/" + declared;
    if (volume instanceof Made.Layers layers) {
      return new ContainerMount.Layers(layers.layers(), part, target);
    }
    if (!(volume instanceof Made.Place place)) {
      throw new VolumeException(
          "volume %s has volumeMode Block, but is specified in volumeMounts"
              .formatted(mount.text("name")));
    }
    return new ContainerMount.Bind(
        place.path(), part, target, access(mount, place), propagation(mount, privileged));
  }

  private static Access access(Tree mount, Made.Place volume) {
    if (!mount.isTrue("readOnly") && !volume.readOnly()) {
      return Access.READ_WRITE;
    }
    return switch (mount.text("recursiveReadOnly")) {
      case "Enabled", "IfPossible" -> Access.RECURSIVELY_READ_ONLY;
      default -> Access.READ_ONLY;
    };
  }

  private static Propagation propagation(Tree mount, boolean privileged) {
    return switch (mount.text("mountPropagation")) {
      case "", "None" -> Propagation.NONE;
      case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
      case "Bidirectional" -> {
        if (!privileged) {
          throw new VolumeException(
              "Bidirectional mount propagation is available only to privileged containers");
        }
        yield Propagation.BIDIRECTIONAL;
      }
      default ->
          throw new VolumeException(
              "invalid MountPropagation mode: \"" + mount.text("mountPropagation") + "\"");
    };
  }

  /** Without it {@code subPathExpr} could lead anywhere (upstream kubelet_pods.go, makeMounts). */
  private static String part(Tree mount, UnaryOperator<String> expand) {
    String expression = mount.text("subPathExpr");
    String part = expression.isEmpty() ? mount.text("subPath") : expand.apply(expression);
    if (part.startsWith("/")) {
      throw new VolumeException("error SubPath `" + part + "` must not be an absolute path");
    }
    if (Arrays.asList(part.split("/")).contains("..")) {
      throw new VolumeException(
          "unable to provision SubPath `" + part + "`: must not contain '..'");
    }
    return part;
  }
}
