package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.testkit.node.script.Program;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program of a pod, from its start to its end. The program's thread runs it, others stop it. */
final class RunningProgram implements Program.Run {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);

  /** The code of a program that threw. */
  private static final int FAILURE = 1;

  private final Program program;
  private final KubeObject pod;
  private final ProgramLog log;
  private final InstantSource clock;
  private volatile boolean stopped;

  RunningProgram(Program program, KubeObject pod, ProgramLog log, InstantSource clock) {
    this.program = program;
    this.pod = pod;
    this.log = log;
    this.clock = clock;
  }

  /** Runs the program and returns its exit code. */
  int run() {
    try {
      return program.run(this);
    } catch (Exception e) {
      LOG.info("the program of pod {}/{} failed", pod.namespace(), pod.name(), e);
      print(e.toString());
      return FAILURE;
    }
  }

  void stop() {
    stopped = true;
  }

  @Override
  public KubeObject pod() {
    return pod;
  }

  @Override
  public void print(String line) {
    log.add(clock.instant(), line);
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }
}
