package io.kuber.testkit.scenario;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.report.Phase;
import io.kuber.testkit.scenario.Step.Create;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plays one step after the other. Owned by the playing thread. */
final class Player {
  private static final Duration SETTLED = Arena.LOOK.multipliedBy(2);

  private final Arena arena;
  private final Outages outages;
  private final Map<String, Create> made = new LinkedHashMap<>();

  Player(Arena arena, Outages outages) {
    this.arena = arena;
    this.outages = outages;
  }

  /** Plays it, and says what came of it; empty when there is nothing to say. */
  String play(Step step) throws InterruptedException {
    if (step instanceof Create create) {
      return create(create);
    } else if (step instanceof Step.Rollout rollout) {
      return patch(rollout.of(), PatchType.STRATEGIC, Manifests.image(rollout.image()));
    } else if (step instanceof Step.Scale scale) {
      return patch(scale.of(), PatchType.MERGE, Manifests.replicas(scale.pods()));
    } else if (step instanceof Step.Delete delete) {
      return delete(delete.of());
    } else if (step instanceof Step.Fail fail) {
      return outages.fail(fail.nodes());
    } else if (step instanceof Step.Return back) {
      return outages.bringBack(back.nodes());
    } else if (step instanceof Step.Drain drain) {
      return outages.drain(drain.nodes());
    } else if (step instanceof Step.Wait wait) {
      return await(wait);
    }
    arena.pass(((Step.Pause) step).time());
    return "";
  }

  private String create(Create create) throws InterruptedException {
    made.put(create.name(), create);
    Arena.Requests requests = arena.new Requests();
    List<String> names = create.names();
    for (int i = 0; i < names.size(); i++) {
      if (i > 0 && !create.every().isZero()) {
        arena.pass(create.every());
      }
      KubeObject object = Manifests.of(create, names.get(i));
      requests.add(arena.client().create(create.work().type(), object));
    }
    requests.finish();
    return create.work() == Work.DAEMON_SET
        ? ""
        : "%,d pods asked for".formatted((long) create.pods() * create.count());
  }

  private Create of(String name) {
    return Objects.requireNonNull(made.get(name), "a scenario speaks only of what it has made");
  }

  private String patch(String of, PatchType type, Tree patch) throws InterruptedException {
    Create create = of(of);
    Arena.Requests requests = arena.new Requests();
    for (String name : create.names()) {
      requests.add(
          arena.client().patch(create.work().type(), Arena.NAMESPACE, name, "", type, patch));
    }
    requests.finish();
    return counted(create);
  }

  private static String counted(Create create) {
    return "%,d %s%s".formatted(create.count(), create.work(), create.count() == 1 ? "" : "s");
  }

  private String delete(String of) throws InterruptedException {
    Create create = of(of);
    DeleteOptions background = new DeleteOptions(-1, "Background", "", "");
    Arena.Requests requests = arena.new Requests();
    for (String name : create.names()) {
      requests.add(arena.client().delete(create.work().type(), Arena.NAMESPACE, name, background));
    }
    requests.finish();
    return counted(create);
  }

  private String await(Step.Wait wait) throws InterruptedException {
    // Controllers may not have looked yet at what the step before has done, so once is not enough.
    boolean inTime = arena.await(wait.atMost(), () -> isSo(wait));
    arena.pass(SETTLED);
    if (!inTime || !arena.await(wait.atMost(), () -> isSo(wait))) {
      throw new StepFailedException("not within " + wait.atMost().toSeconds() + " s: " + state());
    }
    return "";
  }

  private boolean isSo(Step.Wait wait) {
    List<Create> which = wait.of().isEmpty() ? List.copyOf(made.values()) : List.of(of(wait.of()));
    return switch (wait.until()) {
      case SCHEDULED ->
          which.stream().allMatch(create -> all(create, Conditions::isMade))
              && arena.census().in(Phase.PENDING) == 0;
      case AVAILABLE -> which.stream().allMatch(create -> all(create, Conditions::isAvailable));
      case COMPLETE ->
          which.stream()
              .filter(create -> create.work() == Work.JOB)
              .allMatch(create -> all(create, (work, job) -> Conditions.isDone(job)));
      case GONE -> which.stream().allMatch(this::isGone);
      case NODES_READY -> outages.areOthersReady();
      case NODES_LOST -> outages.areLost();
    };
  }

  /** What can be said of an object of some work. */
  private interface Claim {
    boolean isTrue(Work work, KubeObject object);
  }

  /** Whether it is so for all objects that are still there. */
  private boolean all(Create create, Claim claim) {
    return create.names().stream()
        .allMatch(
            name ->
                arena
                    .find(create.work().type(), name)
                    .map(object -> claim.isTrue(create.work(), object))
                    .orElse(true));
  }

  private boolean isGone(Create create) {
    return create.names().stream()
            .allMatch(name -> arena.find(create.work().type(), name).isEmpty())
        && arena.all(Resources.PODS).stream()
            .noneMatch(pod -> create.name().equals(pod.labels().get(Manifests.GROUP)));
  }

  private String state() {
    return "nodes ready %,d of %,d, pods %s"
        .formatted(arena.census().ready(), arena.census().nodes(), arena.census().pods());
  }
}
