package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the pods of simulated nodes do that is out of the ordinary.
 *
 * @param stages for all pods, before the default ones; the first that is for a pod counts
 * @param scripts the first that is for a pod counts, and its stages come before all others
 */
public record Behaviour(List<Stage> stages, List<PodScript> scripts) {
  /** All pods start and stop, and nothing else. */
  public static final Behaviour PLAIN = new Behaviour(List.of(), List.of());

  /** Copies the lists. */
  public Behaviour {
    stages = List.copyOf(stages);
    scripts = List.copyOf(scripts);
  }

  /** The same with further stages. */
  public Behaviour with(List<Stage> more) {
    List<Stage> all = new ArrayList<>(stages);
    all.addAll(more);
    return new Behaviour(all, scripts);
  }

  /** The same with a further script. */
  public Behaviour with(PodScript more) {
    List<PodScript> all = new ArrayList<>(scripts);
    all.add(more);
    return new Behaviour(stages, all);
  }

  /** The same, and behind it what another says. */
  public Behaviour before(Behaviour other) {
    List<PodScript> both = new ArrayList<>(scripts);
    both.addAll(other.scripts);
    return new Behaviour(with(other.stages).stages, both);
  }

  /** The script of a pod. */
  Optional<PodScript> scriptOf(KubeObject pod) {
    return scripts.stream().filter(script -> script.pods().test(pod)).findFirst();
  }
}
