package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import io.kuber.engine.LocalImage;
import io.kuber.object.Tree;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of what a client says what is kept of a new container, or refuses it.
 *
 * @param lives the containers that there are
 */
record Creation(Ground ground, Lives lives, SecureRandom random) {
  private static final int ID_BYTES = 32;
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]+";

  /**
   * A new container that has no name so far.
   *
   * @param body what its client says
   * @throws EngineException 400 for what is malformed or not supported, or shared with a container
   *     that is not there; 404 when there is no such image
   */
  ContainerRecord draw(Tree body) {
    LocalImage image = ground.images().find(body.text("Image"));
    Tree asked = body.without("HostConfig").without("NetworkingConfig");
    Tree config = ProcessPlan.complete(asked, image.image().config());
    config = withPlaces(config, image.config());
    config = HealthPlan.complete(config, image.config().tree("config"));
    Tree host = Sharing.settle(body.tree("HostConfig"), other -> other(other).id());
    host = Sharing.withMountsOf(config, host, this::other);
    String id = id();
    Map<String, String> volumes = new HashMap<>();
    for (MountPlan.Mount mount : MountPlan.of(config, host)) {
      if (mount.isVolume()) {
        volumes.put(mount.target(), mount.source().isEmpty() ? id() : mount.source());
      }
    }
    check(config, host);
    ContainerRecord record =
        new ContainerRecord(
            id,
            "",
            ground.clock().instant().toString(),
            image.id(),
            config,
            host,
            Tree.EMPTY,
            volumes,
            ContainerState.CREATED,
            0,
            false);
    return record.inNetworks(networks(record, body));
  }

  /** Clients take 404 for an image that they are to pull. */
  private ContainerRecord other(String reference) {
    try {
      return lives.find(reference).record();
    } catch (EngineException e) {
      throw new EngineException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whoever asks for what cannot be is told at once, rather than at the start. */
  private static void check(Tree config, Tree host) {
    Unserved.check(host);
    RestartPolicy.of(host);
    PortPlan.of(config, host);
    MountPlan.inMemory(host);
    Limits.security(host);
    Limits.resources(host);
    Limits.ofProcesses(host);
    Devices.of(host);
    Signals.number(config.text("StopSignal"));
    ProcessPlan.first(config, "x", Account.ROOT);
    HealthPlan.of(config, List.of());
    Sysctls.check(host);
  }

  /** Ports and volumes that the image has by itself. */
  private static Tree withPlaces(Tree config, Tree image) {
    Tree whole = config;
    for (String name : List.of("ExposedPorts", "Volumes", "Labels")) {
      Tree both = image.tree("config", name);
      for (int i = 0; i < config.tree(name).size(); i++) {
        both = both.with(config.tree(name).nameAt(i), config.tree(name).valueAt(i));
      }
      whole = whole.with(name, both);
    }
    return whole;
  }

  private static Tree networks(ContainerRecord record, Tree body) {
    String mode = record.networkMode();
    if (mode.equals("host") || mode.equals("none") || mode.startsWith(Sharing.CONTAINER)) {
      return Tree.EMPTY;
    }
    Tree given = body.tree("NetworkingConfig", "EndpointsConfig");
    Tree said = given.tree(mode);
    for (String alias : record.host().items("NetworkAliases").texts()) {
      said = said.with("Aliases", said.items("Aliases").plus(alias));
    }
    return Tree.of(mode, said);
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The name of a container.
   *
   * @param wanted empty for any
   * @throws EngineException 400 when it cannot be one, 409 when it is taken
   */
  String name(String wanted) {
    String name = wanted.startsWith("/") ? wanted.substring(1) : wanted;
    if (name.isEmpty()) {
      return ContainerNames.choose(random::nextInt, other -> lives.named(other).isPresent());
    }
    if (!name.matches(NAME)) {
      throw EngineException.malformed(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Optional<Life> other = lives.named(name);
    if (other.isPresent()) {
      throw EngineException.conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + other.get().record().id()
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
    return name;
  }
}
