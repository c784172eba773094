package io.kuber.container;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A machine made of Java objects: containers run until a test, a script or a signal ends them.
 *
 * <p>A script sees every container right after its start and may write, exit or hold on to it. All
 * methods may be called from any thread.
 */
public final class FakeContainers implements ContainerRuntime {
  private final InstantSource clock;
  private final Map<String, FakeSandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
  private final List<String> history = new ArrayList<>();
  private Consumer<FakeContainer> script = container -> {};
  private Function<ProcessSpec, FakeProcess.Script> exec = process -> FakeProcess.Script.exits(0);
  private Optional<ContainerStartException> refusal = Optional.empty();

  public FakeContainers(InstantSource clock) {
    this.clock = clock;
  }

  /** What every container does when it has been started. */
  public synchronized void onStart(Consumer<FakeContainer> behaviour) {
    this.script = behaviour;
  }

  /** What processes that join a container do. */
  public synchronized void onExec(Function<ProcessSpec, FakeProcess.Script> behaviour) {
    this.exec = behaviour;
  }

  /** Makes every start fail until {@code Optional.empty()} is given. */
  public synchronized void refuseStarts(Optional<ContainerStartException> with) {
    this.refusal = with;
  }

  /** The container of that identifier, removed ones excepted. */
  public synchronized FakeContainer container(String id) {
    FakeContainer container = containers.get(id);
    if (container == null) {
      throw new IllegalArgumentException("no container " + id + "; there are " + containers);
    }
    return container;
  }

  public synchronized List<FakeContainer> containers() {
    return List.copyOf(containers.values());
  }

  @Override
  public synchronized Set<String> sandboxes() {
    return Set.copyOf(sandboxes.keySet());
  }

  /** What happened, in order: {@code sandbox a}, {@code start b}, {@code signal b 15} and so on. */
  public synchronized List<String> history() {
    return List.copyOf(history);
  }

  synchronized void note(String event) {
    history.add(event);
  }

  @Override
  public HostCapabilities capabilities() {
    return new HostCapabilities(
        "6.12.0", true, true, true, true, true, true, true, 2, Set.of("cpu", "memory", "pids"));
  }

  @Override
  public synchronized PodSandbox createSandbox(SandboxSpec spec) {
    if (sandboxes.containsKey(spec.id())) {
      throw new ContainerException("sandbox " + spec.id() + " exists already");
    }
    FakeSandbox sandbox = new FakeSandbox(spec.id());
    sandboxes.put(spec.id(), sandbox);
    note("sandbox " + spec.id());
    return sandbox;
  }

  @Override
  public Container start(ContainerSpec spec) {
    FakeContainer container;
    Consumer<FakeContainer> behaviour;
    synchronized (this) {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      if (!sandboxes.containsKey(spec.sandbox().id())) {
        throw new ContainerException("sandbox " + spec.sandbox().id() + " is gone");
      }
      if (containers.containsKey(spec.id())) {
        throw new ContainerException("container " + spec.id() + " exists already");
      }
      container = new FakeContainer(this, spec, clock, containers.size() + 2);
      containers.put(spec.id(), container);
      note("start " + spec.id());
      behaviour = script;
    }
    behaviour.accept(container);
    return container;
  }

  synchronized FakeProcess.Script scriptOf(ProcessSpec process) {
    return exec.apply(process);
  }

  synchronized void forget(FakeContainer container) {
    containers.remove(container.id());
    note("remove " + container.id());
  }

  /** Hands over what is there, as if an earlier run had left it. */
  @Override
  public synchronized Optional<Adopted> adopt(String sandbox, Function<String, OutputSink> output) {
    FakeSandbox found = sandboxes.get(sandbox);
    if (found == null) {
      return Optional.empty();
    }
    note("adopt " + sandbox);
    List<Container> inside = new ArrayList<>();
    for (FakeContainer container : inside(sandbox)) {
      container.attach(output.apply(container.id()));
      inside.add(container);
    }
    return Optional.of(new Adopted(found, inside));
  }

  private List<FakeContainer> inside(String sandbox) {
    return containers.values().stream()
        .filter(container -> container.spec().sandbox().id().equals(sandbox))
        .toList();
  }

  @Override
  public synchronized Leftovers reclaim(Collection<String> wanted) {
    List<String> found = wanted.stream().filter(sandboxes::containsKey).toList();
    List<String> ended =
        found.stream().flatMap(id -> inside(id).stream()).map(FakeContainer::id).toList();
    found.forEach(sandboxes::remove);
    ended.forEach(containers::remove);
    return new Leftovers(found, ended, ended.size());
  }

  @Override
  public void close() {}

  private final class FakeSandbox implements PodSandbox {
    private final String id;

    FakeSandbox(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    /** Processors made of nothing are never short. */
    @Override
    public void share(long cpuShares) {}

    @Override
    public Path networkNamespace() {
      return Path.of("/fake/ns", id, "net");
    }

    @Override
    public void remove() {
      synchronized (FakeContainers.this) {
        if (sandboxes.remove(id) != null) {
          note("remove sandbox " + id);
        }
      }
    }
  }
}
