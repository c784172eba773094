package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerStartException;
import io.kuber.container.Exit;
import io.kuber.container.PodSandbox;
import io.kuber.engine.EngineException;
import io.kuber.engine.LocalImage;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.engine.NetworkShelf.Published;
import io.kuber.linux.Deletion;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container from its making to its removal. For any thread; the lock guards its fields and is
 * held while it starts or is removed.
 */
final class Life {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  private final Ground ground;
  private final Launch.Neighbours neighbours;
  private final Path directory;
  private final ContainerFiles files;
  private final ContainerOutput output;
  private final Places places;
  private final CompletableFuture<ContainerState> removed = new CompletableFuture<>();
  // Written under the lock, read without: those who hold locks of their own ask for it.
  private volatile ContainerRecord record;
  private CompletableFuture<ContainerState> ended = new CompletableFuture<>();
  private @Nullable PodSandbox sandbox;
  private @Nullable Container running;
  private Optional<Health> health = Optional.empty();
  private boolean isGone;

  /**
   * A container that does not run.
   *
   * @param neighbours finds those with which it shares namespaces
   */
  Life(Ground ground, Launch.Neighbours neighbours, ContainerRecord record) {
    this.ground = ground;
    this.neighbours = neighbours;
    this.places = new Places(ground.networks());
    this.record = record;
    this.directory = ground.directory().resolve(record.id());
    this.files =
        new ContainerFiles(ground.images(), ground.written().resolve(record.id()), directory);
    this.output = new ContainerOutput(directory.resolve("log"), ground.clock());
  }

  /** What is kept of it now; waits for nobody. */
  ContainerRecord record() {
    return record;
  }

  ContainerOutput output() {
    return output;
  }

  /** Its places in networks, by their names. */
  synchronized Map<String, Place> networks() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(places.networks()));
  }

  /** The ports that lead to it. */
  synchronized List<Published> ports() {
    return places.ports();
  }

  /** What runs, if it runs. */
  synchronized Optional<Container> running() {
    return Optional.ofNullable(running);
  }

  /**
   * What runs, once it does. Waits.
   *
   * @throws IOException when it is removed before, or the wait is interrupted
   */
  synchronized Container awaitRunning() throws IOException {
    try {
      while (running == null && !isGone) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the container has started", e);
    }
    Container now = running;
    if (now == null) {
      throw new IOException("the container is gone");
    }
    return now;
  }

  /** Changes what is kept, of what it is by then, so that nothing that happens besides is lost. */
  synchronized void change(UnaryOperator<ContainerRecord> how) {
    keep(how.apply(record));
  }

  /** Keeps what is to be kept. */
  private synchronized void keep(ContainerRecord next) {
    record = next;
    RecordFile.write(directory, next);
  }

  /** Where it is kept. */
  Path directory() {
    return directory;
  }

  /**
   * What the runtime calls the run under way.
   *
   * @throws EngineException 409 when none is
   */
  synchronized String sandboxId() {
    PodSandbox now = sandbox;
    if (now == null) {
      throw notRunning();
    }
    return now.id();
  }

  /** How well it is, if that is checked. */
  synchronized Optional<Health> health() {
    return health;
  }

  /** A check of a run has ended. */
  void checked(Container run, Health.Check check, HealthPlan plan) {
    String before;
    String after;
    synchronized (this) {
      if (running != run) {
        return;
      }
      Health known = health.orElse(Health.STARTING);
      Health next = known.after(check, plan, run.startedAt());
      health = Optional.of(next);
      before = known.status();
      after = next.status();
    }
    if (!after.equals(before)) {
      tell("health_status: " + after);
    }
  }

  /** Tells of something that has happened to it. */
  void tell(String action, String... more) {
    Map<String, String> attributes = new LinkedHashMap<>(record().labels());
    attributes.put("name", record().name());
    attributes.put("image", record().image());
    for (int i = 0; i < more.length; i += 2) {
      attributes.put(more[i], more[i + 1]);
    }
    ground.happenings().tell("container", action, record().id(), attributes);
  }

  /**
   * Starts it.
   *
   * @return false when it runs already
   * @throws EngineException 400 when its program cannot be executed, 500 when something else fails
   */
  synchronized boolean start() {
    if (isGone) {
      throw EngineException.conflict("container is marked for removal and cannot be started");
    }
    if (running != null) {
      return false;
    }
    if (ended.isDone()) {
      ended = new CompletableFuture<>();
    }
    keep(record.nextRun());
    try {
      LocalImage image = files.image(record);
      output.begin();
      Container started = run(image);
      running = started;
      CompletableFuture<ContainerState> end = ended;
      started.exit().thenAcceptAsync(exit -> ended(started, exit, end), Life::startThread);
      health = ContainerFiles.plan(record, image).map(plan -> Health.STARTING);
      notifyAll();
      ContainerState now = record.state().started(started.pid(), started.startedAt());
      each(() -> keep(record.with(now)), () -> tell("start"));
      return true;
    } catch (ContainerStartException e) {
      fail(e.exitCode(), String.valueOf(e.getMessage()));
      throw new EngineException(400, Complaint.of(record, e), e);
    } catch (EngineException e) {
      fail(ContainerStartException.NOT_STARTED, String.valueOf(e.getMessage()));
      throw e;
    } catch (IOException e) {
      fail(ContainerStartException.NOT_STARTED, String.valueOf(e.getMessage()));
      throw new UncheckedIOException("starting container " + record.name(), e);
    } catch (RuntimeException e) {
      fail(ContainerStartException.NOT_STARTED, String.valueOf(e.getMessage()));
      throw new EngineException(500, String.valueOf(e.getMessage()), e);
    }
  }

  /** Takes each of these steps, whatever has become of those before. */
  private void each(Runnable... steps) {
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.warn("container {} is not as it should be: {}", record.name(), e.toString(), e);
      }
    }
  }

  /** Clearing up waits for processes that the runtime's own thread has to see end. */
  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "container-end");
    thread.setDaemon(true);
    thread.start();
  }

  private Container run(LocalImage image) throws IOException {
    Launch launch = new Launch(ground, neighbours, record, directory, files.written());
    PodSandbox made = launch.sandbox();
    sandbox = made;
    places.connectAll(record, made);
    return launch.start(made, image, files.layers(record), places.networks(), output);
  }

  /** Its image, and what it has written on top of it. */
  ContainerFiles files() {
    return files;
  }

  private synchronized void fail(int code, String why) {
    each(output::end, this::clear, () -> keep(record.with(record.state().failed(code, why))));
    ended.complete(record.state());
  }

  /** Whoever waits for the end learns of it, also where a disk is full or the kernel refuses. */
  private synchronized void ended(Container was, Exit exit, CompletableFuture<ContainerState> end) {
    if (running != was) {
      return;
    }
    running = null;
    ContainerState last =
        record.state().ended(exit.code(), exit.oomKilled(), ground.clock().instant());
    each(
        output::end,
        was::remove,
        this::clear,
        () -> keep(record.with(last)),
        () -> tell("die", "exitCode", Integer.toString(exit.code())));
    end.complete(record.state());
  }

  private void clear() {
    PodSandbox was = sandbox;
    sandbox = null;
    each(
        () -> places.clear(record.id()),
        () -> {
          if (was != null) {
            was.remove();
          }
        });
  }

  /**
   * Holds up all of its processes, or lets them go on.
   *
   * @throws EngineException 409 when it does not run, or stands so already
   */
  synchronized void pause(boolean held) {
    Container now = running().orElseThrow(this::notRunning);
    if (record.state().isPaused() == held) {
      throw EngineException.conflict(
          "Container " + record.id() + (held ? " is already paused" : " is not paused"));
    }
    try {
      now.pause(held);
    } catch (ContainerException e) {
      throw new EngineException(500, String.valueOf(e.getMessage()), e);
    }
    keep(record.with(record.state().paused(held)));
    tell(held ? "pause" : "unpause");
  }

  /** Lets it go on if it is held up: nobody hears a signal before. */
  synchronized void letGoOn() {
    if (running != null && record.state().isPaused()) {
      pause(false);
    }
  }

  /**
   * Gives it other limits, at once if it runs.
   *
   * @throws EngineException 500 when the machine refuses them, and nothing is changed
   */
  synchronized void update(Tree host) {
    Container now = running;
    if (now != null) {
      try {
        now.limit(Limits.resources(host));
      } catch (ContainerException e) {
        throw new EngineException(500, "Cannot update container: " + e.getMessage(), e);
      }
    }
    keep(record.onHost(host));
    tell("update");
  }

  /** Says that it would have to run. */
  EngineException notRunning() {
    return EngineException.conflict("Container " + record().id() + " is not running");
  }

  /** Completes with the end of the run under way, or of the next one. */
  synchronized CompletableFuture<ContainerState> end() {
    return ended;
  }

  /** Completes with the end of a run that has not begun, or of the one under way. */
  synchronized CompletableFuture<ContainerState> nextEnd() {
    if (running == null && ended.isDone()) {
      ended = new CompletableFuture<>();
    }
    return ended;
  }

  /** Completes once it is gone. */
  CompletableFuture<ContainerState> removal() {
    return removed;
  }

  /** Becomes a member of a network, now if it runs. */
  synchronized void join(String network, Tree said) {
    if (record.networks().has(network)) {
      throw EngineException.forbidden(
          "endpoint with name " + record.name() + " already exists in network " + network);
    }
    PodSandbox now = sandbox;
    if (now != null) {
      places.connect(record, now, network, said);
      new Mounting(ground, directory).names(record, places.networks());
    }
    keep(record.inNetworks(record.networks().with(network, said)));
  }

  /** Leaves a network. */
  synchronized void leave(String network) {
    if (!record.networks().has(network)) {
      throw EngineException.forbidden(
          "container " + record.id() + " is not connected to network " + network);
    }
    places.leave(record.id(), network);
    keep(record.inNetworks(record.networks().without(network)));
  }

  /** Removes it with all that it has written; it must not run. */
  synchronized void remove() {
    if (running != null) {
      throw EngineException.conflict(
          "You cannot remove a running container "
              + record.id()
              + ". Stop the container before attempting removal or force remove");
    }
    if (removed.isDone()) {
      return; // Its end has removed it besides.
    }
    isGone = true;
    notifyAll();
    try {
      Deletion.of(files.written());
      Deletion.of(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("removing container " + record.name(), e);
    }
    tell("destroy");
    removed.complete(record.state());
  }
}
