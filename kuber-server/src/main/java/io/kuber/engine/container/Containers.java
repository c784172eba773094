package io.kuber.engine.container;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkMembers;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All containers of an engine. For any thread. */
public final class Containers implements NetworkMembers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
  private static final int KILLED = 137;

  private final Ground ground;
  private final Lives lives = new Lives();
  private final SecureRandom random = new SecureRandom();
  private final Restarts restarts = new Restarts(this::begin);
  private final HealthChecks checks;
  private final Set<String> restarting = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  private Containers(Ground ground) {
    this.ground = ground;
    this.checks = new HealthChecks(ground.clock());
  }

  /**
   * Opens the containers of an engine. Those that ran when an earlier engine was killed have ended;
   * what they wrote is still there, and those that are to run always are started again.
   */
  public static Containers open(Ground ground) throws IOException {
    ground.runtime().reclaim();
    ground.networks().disconnectAll();
    Containers containers = new Containers(ground);
    if (Files.isDirectory(ground.directory())) {
      try (Stream<Path> directories = Files.list(ground.directory())) {
        for (Path directory : directories.sorted().toList()) {
          RecordFile.read(directory).ifPresent(containers::takeOver);
        }
      }
    }
    containers.all().forEach(containers::startAgain);
    return containers;
  }

  private void takeOver(ContainerRecord record) {
    Life life = new Life(ground, lives::find, record);
    if (record.state().isRunning()) {
      life.change(was -> was.with(was.state().ended(KILLED, false, ground.clock().instant())));
    }
    lives.add(life);
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
    return lives.find(reference);
  }

  /** All of them, the newest first. */
  List<Life> all() {
    return lives.all();
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
    Creation creation = new Creation(ground, lives, random);
    ContainerRecord drawn = creation.draw(body);
    synchronized (this) {
      Life life = new Life(ground, lives::find, drawn.named(creation.name(name)));
      life.change(record -> record);
      lives.add(life);
      life.tell("create");
      return life;
    }
  }

  /** Gives a container another name. */
  synchronized void rename(Life life, String name) {
    if (name.isEmpty()) {
      throw EngineException.malformed("Neither old nor new names may be empty");
    }
    String old = life.record().name();
    String next = new Creation(ground, lives, random).name(name);
    life.change(record -> record.named(next));
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
    } catch (EngineException | UncheckedIOException e) {
      if (life.record().isRemovedAtEnd()) {
        removeAtEnd(life);
      }
      throw e;
    }
    life.running()
        .ifPresent(
            run ->
                ContainerFiles.plan(life.record(), life.files().image(life.record()))
                    .ifPresent(plan -> checks.begin(life, run, plan)));
    var unused = life.end().thenAcceptAsync(state -> over(life, state), restarts.thread());
    return true;
  }

  private void over(Life life, ContainerState state) {
    if (isClosed || restarting.contains(life.record().id())) {
      return;
    }
    if (life.record().isRemovedAtEnd()) {
      if (life.running().isEmpty()) {
        removeAtEnd(life);
      }
    } else {
      restarts.over(life, state);
    }
  }

  /** Nobody waits for what this throws. */
  private void removeAtEnd(Life life) {
    try {
      remove(life, true);
    } catch (EngineException | UncheckedIOException e) {
      LOG.warn("container {} cannot be removed at its end: {}", life.record().name(), e.toString());
    }
  }

  /** Stops a container if it runs, and starts it: it is not removed between, whatever it says. */
  void restart(Life life, long seconds) {
    restarting.add(life.record().id());
    try {
      stop(life, seconds);
      start(life);
    } finally {
      restarting.remove(life.record().id());
    }
    life.tell("restart");
  }

  /** Asks a container to end, and ends it after so many seconds; false when it does not run. */
  boolean stop(Life life, long seconds) {
    boolean ran = new Stopping(life).stop(seconds);
    restarts.forget(life);
    return ran;
  }

  /** Removes a container that does not run; with its volumes without names if asked for. */
  void remove(Life life, boolean volumes) {
    life.remove();
    lives.remove(life);
    restarts.forget(life);
    if (volumes) {
      for (MountPlan.Mount mount : MountPlan.of(life.record().config(), life.record().host())) {
        String volume = life.record().volumes().getOrDefault(mount.target(), "");
        if (mount.isVolume() && mount.source().isEmpty() && !isShared(volume)) {
          ground.volumes().remove(volume);
        }
      }
    }
  }

  private boolean isShared(String volume) {
    return all().stream().anyMatch(life -> life.record().volumes().containsValue(volume));
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

  /** How many of those are held up. */
  public int paused() {
    return (int) all().stream().filter(life -> life.record().state().isPaused()).count();
  }

  /** Ends all that run; what they have written stays for the next time. */
  @Override
  public void close() {
    isClosed = true;
    restarts.close();
    checks.close();
    for (Life life : all()) {
      if (life.running().isPresent()) {
        boolean wasStopped = life.record().isStopped();
        new Stopping(life).stop(1);
        life.change(record -> record.stopped(wasStopped));
      }
    }
  }
}
