package io.kuber.testkit.node;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.testkit.node.ProgramLog.Line;
import io.kuber.testkit.node.ScriptedPods.Scripted;
import io.kuber.testkit.node.script.ExecScript;
import io.kuber.testkit.node.script.LogScript;
import io.kuber.testkit.node.script.PodPort;
import io.kuber.view.Timestamps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Answers for pods that do not really run: what their scripts say, a made-up log, and the reason
 * for refusing the rest.
 */
final class SimulatedGateway implements NodeGateway {
  private final InstantSource clock;
  private final ScriptedPods pods;
  private final Executor threads;

  /**
   * A gateway whose lines of log are written at the moment of asking, but for those of programs.
   *
   * @param threads on which scripts talk over connections
   */
  SimulatedGateway(InstantSource clock, ScriptedPods pods, Executor threads) {
    this.clock = clock;
    this.pods = pods;
    this.threads = threads;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) {
    ExecScript script =
        pods.find(pod.uid())
            .flatMap(scripted -> scripted.script().exec())
            .orElseThrow(
                () ->
                    refusal(
                        pod,
                        "it has no process to run " + String.join(" ", options.command()) + " in"));
    return new ScriptedProcess(script, pod, container, options);
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options) {
    throw refusal(pod, "container " + container + " has no process to attach to");
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    PodPort target =
        pods.find(pod.uid())
            .map(scripted -> scripted.script().ports().get(port))
            .orElseThrow(() -> refusal(pod, "nothing listens on its port " + port));
    return ScriptedConnection.to(target, pod, port, threads);
  }

  private static ApiException refusal(PodRef pod, String why) {
    return new ApiException(
        StatusReason.BAD_REQUEST, "pod " + pod.name() + " is on a simulated node: " + why);
  }

  /** A log that is at its end already, also for those who want to follow it. */
  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) {
    List<Line> lines =
        lines(pod, container).stream()
            .filter(line -> !line.at().isBefore(options.since().orElse(Instant.MIN)))
            .toList();
    long kept = Math.min(options.tailLines().orElse(lines.size()), lines.size());
    String text =
        lines.stream()
            .skip(lines.size() - kept)
            .map(line -> prefix(line, options) + line.text() + "\n")
            .collect(Collectors.joining());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = (int) Math.min(options.limitBytes().orElse(bytes.length), bytes.length);
    return new ByteArrayInputStream(bytes, 0, length);
  }

  private static String prefix(Line line, LogOptions options) {
    return options.timestamps() ? Timestamps.micros(line.at()) + " " : "";
  }

  private List<Line> lines(PodRef pod, String container) {
    Optional<Scripted> scripted = pods.find(pod.uid());
    Optional<LogScript> logs = scripted.flatMap(known -> known.script().logs());
    if (logs.isPresent()) {
      return now(logs.get().lines(pod, container));
    }
    return scripted
        .filter(known -> known.script().program().isPresent())
        .map(known -> known.log().lines())
        .orElseGet(() -> now(madeUp(pod, container)));
  }

  private List<Line> now(List<String> texts) {
    return texts.stream().map(text -> new Line(clock.instant(), text)).toList();
  }

  private static List<String> madeUp(PodRef pod, String container) {
    return List.of(
        "this container is simulated: no process runs in it, and so it has nothing to say",
        "container %s of pod %s/%s pretends to run on node %s"
            .formatted(container, pod.namespace(), pod.name(), pod.nodeName()));
  }
}
