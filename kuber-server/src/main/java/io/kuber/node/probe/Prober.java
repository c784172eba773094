package io.kuber.node.probe;

import io.kuber.container.ContainerException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks a container how it is: by HTTP, gRPC, a TCP connection, or a command in it. Blocks for about
 * the time that it is given at most.
 */
public final class Prober {
  private Prober() {}

  /** Asks once. */
  public static ProbeResult ask(ProbeSpec spec, Target target) {
    return tried(() -> ask(spec.action(), target, spec.timeout()));
  }

  /** Runs a hook: as a probe, but that over HTTP any answer will do (pkg/kubelet/lifecycle). */
  public static ProbeResult run(Tree hook, Target target, Duration limit) {
    return tried(
        () ->
            hook.get("httpGet") instanceof Tree http
                ? HttpProbe.call(http, target, limit)
                : ask(hook, target, limit));
  }

  private interface Question {
    ProbeResult ask() throws IOException;
  }

  private static ProbeResult tried(Question question) {
    try {
      return question.ask();
    } catch (IOException | ContainerException e) {
      return ProbeResult.failure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return ProbeResult.failure("cannot be asked: " + e.getMessage());
    }
  }

  private static ProbeResult ask(Tree action, Target target, Duration timeout) throws IOException {
    if (action.get("httpGet") instanceof Tree http) {
      return HttpProbe.ask(http, target, timeout);
    }
    if (action.get("tcpSocket") instanceof Tree tcp) {
      return connect(tcp, target, timeout);
    }
    if (action.get("grpc") instanceof Tree grpc) {
      return GrpcProbe.ask(grpc, target, timeout);
    }
    if (action.get("exec") instanceof Tree exec) {
      return ExecProbe.ask(exec, target, timeout);
    }
    return ProbeResult.failure("missing probe handler");
  }

  private static ProbeResult connect(Tree tcp, Target target, Duration timeout) throws IOException {
    Connection.open(target.host(tcp), target.port(tcp), timeout).close();
    return ProbeResult.SUCCESS;
  }
}
