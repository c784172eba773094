package io.kuber.engine.container;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.LocalImage;
import io.kuber.engine.NetworkMembers;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All containers of an engine. For any thread. */
public final class Containers implements NetworkMembers, AutoCloseable {
  private static final int ID_BYTES = 32;
  private static final int KILLED = 137;
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]+";

  private final Ground ground;
  private final Map<String, Life> lives = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Restarts restarts = new Restarts(this::begin);
  private volatile boolean isClosed;

  private Containers(Ground ground) {
    this.ground = ground;
  }

  /**
   * Opens the containers of an engine. Those that ran when an earlier engine was killed have ended;
   * what they wrote is still there, and those that are to run always are started again.
   */
  public static Containers open(Ground ground) throws IOException {
    ground.runtime().reclaim();
    Containers containers = new Containers(ground);
    if (Files.isDirectory(ground.directory())) {
      try (Stream<Path> directories = Files.list(ground.directory())) {
        for (Path directory : directories.sorted().toList()) {
          Life.read(directory).ifPresent(containers::takeOver);
        }
      }
    }
    List.copyOf(containers.lives.values()).forEach(containers::startAgain);
    return containers;
  }

  private void takeOver(ContainerRecord record) {
    Life life = new Life(ground, record);
    if (record.state().isRunning()) {
      life.keep(record.with(record.state().ended(KILLED, false, ground.clock().instant())));
    }
    lives.put(record.id(), life);
  }

  private void startAgain(Life life) {
    RestartPolicy policy = RestartPolicy.of(life.record().host());
    if (life.record().runs() > 0 && policy.withEngine(life.record().isStopped())) {
      restarts.later(life, RestartPolicy.pause(0));
    }
  }

  /**
   * A container by its id, its name, or the beginning of its id.
   *
   * @throws EngineException 404 when there is none, 400 when there are several
   */
  Life find(String reference) {
    String name = reference.startsWith("/") ? reference.substring(1) : reference;
    Life exact = lives.get(name);
    if (exact != null) {
      return exact;
    }
    Optional<Life> named = named(name);
    if (named.isPresent()) {
      return named.get();
    }
    List<Life> begun =
        lives.values().stream()
            .filter(life -> !name.isEmpty() && life.record().id().startsWith(name))
            .toList();
    if (begun.size() > 1) {
      throw EngineException.malformed("Multiple IDs found with provided prefix: " + name);
    }
    return begun.stream()
        .findFirst()
        .orElseThrow(() -> EngineException.absent("No such container: " + reference));
  }

  private Optional<Life> named(String name) {
    return lives.values().stream().filter(life -> life.record().name().equals(name)).findFirst();
  }

  /** All of them, the newest first. */
  List<Life> all() {
    return lives.values().stream()
        .sorted(
            Comparator.comparing((Life life) -> life.record().created())
                .reversed()
                .thenComparing(life -> life.record().id()))
        .toList();
  }

  Ground ground() {
    return ground;
  }

  /**
   * Makes a container, which does not run yet.
   *
   * @param name empty for any
   * @param body what its client says
   * @throws EngineException 404 when there is no such image, 409 when the name is taken
   */
  Life create(String name, Tree body) {
    LocalImage image = ground.images().find(body.text("Image"));
    Tree host = body.tree("HostConfig");
    Tree config =
        ProcessPlan.complete(
            body.without("HostConfig").without("NetworkingConfig"), image.image().config());
    config = withPlaces(config, image.config());
    String id = id();
    Map<String, String> volumes = new HashMap<>();
    for (MountPlan.Mount mount : MountPlan.of(config, host)) {
      if (mount.isVolume()) {
        volumes.put(mount.target(), mount.source().isEmpty() ? id() : mount.source());
      }
    }
    Unserved.check(body, host);
    RestartPolicy.of(host);
    PortPlan.of(config, host);
    Limits.security(host);
    Limits.resources(host);
    Signals.number(config.text("StopSignal"));
    ProcessPlan.first(config, "x");
    synchronized (this) {
      ContainerRecord record =
          new ContainerRecord(
              id,
              name(name),
              ground.clock().instant().toString(),
              image.id(),
              config,
              host,
              Tree.EMPTY,
              volumes,
              ContainerState.CREATED,
              0,
              false);
      Life life = new Life(ground, record.inNetworks(networks(record, body)));
      life.keep(life.record());
      lives.put(id, life);
      life.tell("create");
      return life;
    }
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
    if (mode.equals("host") || mode.equals("none")) {
      return Tree.EMPTY;
    }
    if (mode.startsWith("container:")) {
      throw EngineException.malformed(
          "NetworkMode " + mode + ": containers do not share networks with one another");
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

  private String name(String wanted) {
    String name = wanted.startsWith("/") ? wanted.substring(1) : wanted;
    if (name.isEmpty()) {
      return ContainerNames.choose(random::nextInt, other -> named(other).isPresent());
    }
    if (!name.matches(NAME)) {
      throw EngineException.malformed(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Optional<Life> other = named(name);
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

  /** Gives a container another name. */
  synchronized void rename(Life life, String name) {
    if (name.isEmpty()) {
      throw EngineException.malformed("Neither old nor new names may be empty");
    }
    String old = life.record().name();
    life.keep(life.record().named(name(name)));
    life.tell("rename", "oldName", "/" + old);
  }

  /** Starts a container, and sees to what is to come after its end; false when it runs already. */
  boolean start(Life life) {
    restarts.forget(life);
    return begin(life);
  }

  private boolean begin(Life life) {
    if (isClosed) {
      throw EngineException.failed("the engine is closing");
    }
    try {
      if (!life.start()) {
        return false;
      }
    } catch (EngineException e) {
      if (life.record().isRemovedAtEnd()) {
        remove(life, true);
      }
      throw e;
    }
    var unused = life.end().thenAcceptAsync(state -> over(life, state), restarts.thread());
    return true;
  }

  private void over(Life life, ContainerState state) {
    if (isClosed) {
      return;
    }
    if (life.record().isRemovedAtEnd()) {
      remove(life, true);
    } else {
      restarts.over(life, state);
    }
  }

  /** Asks a container to end, and ends it after so many seconds; false when it does not run. */
  boolean stop(Life life, long seconds) {
    boolean ran = life.stop(seconds);
    restarts.forget(life);
    return ran;
  }

  /** Removes a container that does not run; with its volumes without names if asked for. */
  void remove(Life life, boolean volumes) {
    life.remove();
    lives.remove(life.record().id());
    restarts.forget(life);
    if (volumes) {
      for (MountPlan.Mount mount : MountPlan.of(life.record().config(), life.record().host())) {
        if (mount.isVolume() && mount.source().isEmpty()) {
          ground.volumes().remove(life.record().volumes().getOrDefault(mount.target(), ""));
        }
      }
    }
  }

  /** Who uses images, volumes and networks; may be asked before the containers are open. */
  public static final class Use implements ContainerUse {
    private volatile Optional<Containers> containers = Optional.empty();

    /** Knows these from now on. */
    public void of(Containers opened) {
      containers = Optional.of(opened);
    }

    private List<User> users(Predicate<ContainerRecord> has) {
      return containers.stream()
          .flatMap(all -> all.all().stream())
          .map(Life::record)
          .filter(has)
          .map(record -> new User(record.id(), record.state().isRunning()))
          .toList();
    }

    @Override
    public List<User> ofImage(String id) {
      return users(record -> record.imageId().equals(id));
    }

    @Override
    public List<User> ofVolume(String name) {
      return users(record -> record.volumes().containsValue(name));
    }

    @Override
    public List<User> ofNetwork(String name) {
      return users(record -> record.networks().has(name));
    }
  }

  @Override
  public void join(String network, String container, List<String> aliases, String address) {
    Tree said =
        Tree.of(
            "Aliases",
            Items.copyOf(aliases),
            "IPAMConfig",
            address.isEmpty() ? Tree.EMPTY : Tree.of("IPv4Address", address));
    find(container).join(network, said);
  }

  @Override
  public void leave(String network, String container, boolean force) {
    find(container).leave(network);
  }

  /** How many there are. */
  public int size() {
    return lives.size();
  }

  /** How many run. */
  public int running() {
    return (int) all().stream().filter(life -> life.record().state().isRunning()).count();
  }

  /** Ends all that run; what they have written stays for the next time. */
  @Override
  public void close() {
    isClosed = true;
    restarts.close();
    for (Life life : all()) {
      if (life.running().isPresent()) {
        boolean wasStopped = life.record().isStopped();
        life.stop(1);
        life.keep(life.record().stopped(wasStopped));
      }
    }
  }
}
