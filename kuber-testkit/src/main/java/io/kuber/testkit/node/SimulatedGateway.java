package io.kuber.testkit.node;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.view.Timestamps;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Answers for pods that do not really run: a made-up log, and the reason for refusing the rest. */
public final class SimulatedGateway implements NodeGateway {
  private final InstantSource clock;

  /** A gateway whose lines of log are written at the moment of asking. */
  public SimulatedGateway(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) {
    throw refusal(pod, "it has no process to run " + String.join(" ", options.command()) + " in");
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options) {
    throw refusal(pod, "container " + container + " has no process to attach to");
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) {
    throw refusal(pod, "nothing listens on its port " + port);
  }

  private static ApiException refusal(PodRef pod, String why) {
    return new ApiException(
        StatusReason.BAD_REQUEST, "pod " + pod.name() + " is on a simulated node: " + why);
  }

  /** A log that is at its end already, also for those who want to follow it. */
  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) {
    List<String> lines =
        List.of(
            "this container is simulated: no process runs in it, and so it has nothing to say",
            "container %s of pod %s/%s pretends to run on node %s"
                .formatted(container, pod.namespace(), pod.name(), pod.nodeName()));
    String prefix = options.timestamps() ? Timestamps.micros(clock.instant()) + " " : "";
    long kept = Math.min(options.tailLines().orElse(lines.size()), lines.size());
    String text =
        lines.stream()
            .skip(lines.size() - kept)
            .map(line -> prefix + line + "\n")
            .collect(Collectors.joining());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = (int) Math.min(options.limitBytes().orElse(bytes.length), bytes.length);
    return new ByteArrayInputStream(bytes, 0, length);
  }
}
