package io.kuber.engine.container;

import io.kuber.engine.NetworkShelf.Published;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a container.
 *
 * @param id 64 hexadecimal digits
 * @param created when, as RFC 3339 has it
 * @param imageId of its image
 * @param config what its client said of it, with what the image says where the client says nothing
 * @param host what its client said of the machine's side ({@code HostConfig})
 * @param networks the networks that it is in, by name, with what was said of each
 * @param volumes those that belong to it, by where they are in the container
 * @param runs how often it was started
 * @param isStopped whether somebody has stopped it, so that it does not start again by itself
 */
record ContainerRecord(
    String id,
    String name,
    String created,
    String imageId,
    Tree config,
    Tree host,
    Tree networks,
    Map<String, String> volumes,
    ContainerState state,
    int runs,
    boolean isStopped) {
  private static final int SHORT_DIGITS = 12;

  ContainerRecord {
    volumes = Map.copyOf(volumes);
  }

  /** The beginning of the id, as people see it. */
  String shortId() {
    return id.substring(0, SHORT_DIGITS);
  }

  Map<String, String> labels() {
    return config.tree("Labels").texts();
  }

  /** What people called its image. */
  String image() {
    return config.text("Image");
  }

  boolean hasTerminal() {
    return config.isTrue("Tty");
  }

  /** Whether it goes with its end. */
  boolean isRemovedAtEnd() {
    return host.isTrue("AutoRemove");
  }

  /** The network that it was made for: {@code bridge}, {@code host}, {@code none} or a made one. */
  String networkMode() {
    String mode = host.text("NetworkMode");
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  ContainerRecord with(ContainerState next) {
    return new ContainerRecord(
        id, name, created, imageId, config, host, networks, volumes, next, runs, isStopped);
  }

  ContainerRecord named(String other) {
    return new ContainerRecord(
        id, other, created, imageId, config, host, networks, volumes, state, runs, isStopped);
  }

  ContainerRecord onHost(Tree other) {
    return new ContainerRecord(
        id, name, created, imageId, config, other, networks, volumes, state, runs, isStopped);
  }

  ContainerRecord inNetworks(Tree others) {
    return new ContainerRecord(
        id, name, created, imageId, config, host, others, volumes, state, runs, isStopped);
  }

  ContainerRecord stopped(boolean stop) {
    return new ContainerRecord(
        id, name, created, imageId, config, host, networks, volumes, state, runs, stop);
  }

  ContainerRecord nextRun() {
    return new ContainerRecord(
        id, name, created, imageId, config, host, networks, volumes, state, runs + 1, false);
  }

  /** As it is kept. */
  Tree tree() {
    return Tree.builder()
        .put("id", id)
        .put("name", name)
        .put("created", created)
        .put("image", imageId)
        .put("config", config)
        .put("host", host)
        .put("networks", networks)
        .put("volumes", Tree.ofTexts(volumes))
        .put("state", state.tree())
        .put("runs", (long) runs)
        .put("stopped", isStopped)
        .build();
  }

  /** What {@link #tree} keeps. */
  static ContainerRecord of(Tree tree) {
    return new ContainerRecord(
        tree.text("id"),
        tree.text("name"),
        tree.text("created"),
        tree.text("image"),
        tree.tree("config"),
        tree.tree("host"),
        tree.tree("networks"),
        tree.tree("volumes").texts(),
        ContainerState.of(tree.tree("state")),
        (int) tree.number(0, "runs"),
        tree.isTrue("stopped"));
  }

  /** Ports as lists of containers show them. */
  static Items ports(List<Published> ports) {
    return Items.copyOf(
        ports.stream()
            .map(
                port ->
                    Tree.of(
                        "IP",
                        port.hostIp(),
                        "PrivatePort",
                        (long) port.containerPort(),
                        "PublicPort",
                        (long) port.hostPort(),
                        "Type",
                        port.protocol()))
            .toList());
  }
}
