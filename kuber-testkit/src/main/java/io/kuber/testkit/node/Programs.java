package io.kuber.testkit.node;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.testkit.node.script.Program;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * Runs the programs of pods, each on a loop of its own for as long as it takes. Owned by the loop
 * of the nodes, where the ends of programs are told.
 */
final class Programs {
  /** Programs at the same time; further ones wait for the end of another. */
  static final int MAX_AT_ONCE = 256;

  private final Loops loops;
  private final Loop owner;
  private final Deque<Loop> idle = new ArrayDeque<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int made;

  Programs(Loops loops, Loop owner) {
    this.loops = loops;
    this.owner = owner;
  }

  /** Starts a program; {@code ended} hears its exit code, unless it was stopped before it began. */
  RunningProgram start(Program program, KubeObject pod, ProgramLog log, IntConsumer ended) {
    RunningProgram running = new RunningProgram(program, pod, log, loops.clock());
    run(
        () -> {
          if (!running.isStopped()) {
            int exitCode = running.run();
            owner.execute(() -> ended.accept(exitCode));
          }
        });
    return running;
  }

  /** Runs something that may take its time. */
  void run(Runnable task) {
    if (idle.isEmpty() && made == MAX_AT_ONCE) {
      waiting.add(task);
      return;
    }
    Loop loop = idle.isEmpty() ? loops.loop("program-" + made++) : idle.removeLast();
    loop.execute(
        () -> {
          task.run();
          owner.execute(() -> free(loop));
        });
  }

  private void free(Loop loop) {
    idle.addLast(loop);
    Runnable next = waiting.poll();
    if (next != null) {
      run(next);
    }
  }
}
