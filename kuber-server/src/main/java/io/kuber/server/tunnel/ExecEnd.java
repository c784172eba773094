package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;

/** How a process ended, as the error stream says it. */
final class ExecEnd {
  private static final byte[] NOTHING = {};

  private ExecEnd() {}

  /** The process ended with an exit code. */
  static byte[] exited(int code, ExecProtocol protocol) {
    String message = "command terminated with exit code " + code;
    if (protocol.endsInStatus()) {
      return Json.print(code == 0 ? success() : nonZeroExit(code, message));
    }
    return code == 0 ? NOTHING : message.getBytes(UTF_8);
  }

  /** What became of the process cannot be known. */
  static byte[] failed(Throwable cause, ExecProtocol protocol) {
    ApiException failure =
        cause instanceof ApiException api
            ? api
            : new ApiException(
                StatusReason.INTERNAL_ERROR, "Internal error occurred: " + cause.getMessage());
    return protocol.endsInStatus()
        ? Json.print(failure.toStatus())
        : String.valueOf(failure.getMessage()).getBytes(UTF_8);
  }

  private static Tree success() {
    return Tree.of("metadata", Tree.EMPTY, "status", "Success");
  }

  private static Tree nonZeroExit(int code, String message) {
    Tree cause = Tree.of("reason", "ExitCode", "message", Integer.toString(code));
    return Tree.of(
        "metadata",
        Tree.EMPTY,
        "status",
        "Failure",
        "message",
        "command terminated with non-zero exit code: " + message,
        "reason",
        "NonZeroExitCode",
        "details",
        Tree.of("causes", Items.of(cause)));
  }
}
