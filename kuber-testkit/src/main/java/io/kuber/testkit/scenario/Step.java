package io.kuber.testkit.scenario;

import io.kuber.testkit.field.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One thing that happens in a scenario. Its {@link #text} is for people. */
public sealed interface Step {
  /** What it does, in a few words. */
  String text();

  /**
   * Creates work.
   *
   * @param name of the one object, or what the names of several begin with
   * @param count how many objects
   * @param pods of each; without meaning for a DaemonSet
   * @param every how long after one object the next is created
   */
  record Create(Work work, String name, int count, int pods, Duration every, PodShape shape)
      implements Step {
    /** The names of the objects. */
    List<String> names() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        names.add(count == 1 ? name : name + "-" + i);
      }
      return names;
    }

    @Override
    public String text() {
      String of = work == Work.DAEMON_SET ? "a pod per node" : "%,d pods".formatted(pods);
      String pace = every.isZero() ? "" : ", one every " + Times.text(every);
      return count == 1
          ? "create %s %s of %s".formatted(work, name, of)
          : "create %,d %ss %s of %s each%s".formatted(count, work, name, of, pace);
    }
  }

  /** Replaces the pods of what was created under a name by such with another image. */
  record Rollout(String of, String image) implements Step {
    @Override
    public String text() {
      return "roll out " + image + " to " + of;
    }
  }

  /** Changes how many pods each object has that was created under a name. */
  record Scale(String of, int pods) implements Step {
    @Override
    public String text() {
      return "scale %s to %,d pods".formatted(of, pods);
    }
  }

  /** Deletes what was created under a name. */
  record Delete(String of) implements Step {
    @Override
    public String text() {
      return "delete " + of;
    }
  }

  /** Nodes lose power. */
  record Fail(NodeChoice nodes) implements Step {
    @Override
    public String text() {
      return "take away " + nodes;
    }
  }

  /** Nodes that lost power have it again. */
  record Return(NodeChoice nodes) implements Step {
    @Override
    public String text() {
      return "bring back " + nodes;
    }
  }

  /** Nodes take no more pods, and theirs are evicted. */
  record Drain(NodeChoice nodes) implements Step {
    @Override
    public String text() {
      return "drain " + nodes;
    }
  }

  /** Time passes. */
  record Pause(Duration time) implements Step {
    @Override
    public String text() {
      return "pause " + Times.text(time);
    }
  }

  /**
   * Time passes until something is so.
   *
   * @param of only what was created under that name; empty for all
   * @param atMost the scenario fails when it takes longer
   */
  record Wait(Until until, String of, Duration atMost) implements Step {
    @Override
    public String text() {
      return "wait until " + (of.isEmpty() ? "" : of + " is ") + until;
    }
  }
}
