package io.kuber.cli.command;

import io.kuber.boot.FrontOptions;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Proxies in front of the API server; the names of kube-apiserver. */
final class FrontArguments {
  @Option(
      names = "--requestheader-client-ca-file",
      paramLabel = "FILE",
      description = "who vouches for proxies whose headers tell of users")
  private @Nullable Path authority;

  @Option(
      names = "--requestheader-allowed-names",
      paramLabel = "NAME",
      split = ",",
      description = "what those proxies are called (default: anything)")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--requestheader-username-headers",
      paramLabel = "HEADER",
      split = ",",
      description = "headers that name the user, such as X-Remote-User")
  private List<String> usernames = new ArrayList<>();

  @Option(
      names = "--requestheader-group-headers",
      paramLabel = "HEADER",
      split = ",",
      description = "headers that name groups, such as X-Remote-Group")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--requestheader-extra-headers-prefix",
      paramLabel = "PREFIX",
      split = ",",
      description = "beginnings of headers that say more, such as X-Remote-Extra-")
  private List<String> extras = new ArrayList<>();

  @Option(
      names = "--requestheader-uid-headers",
      paramLabel = "HEADER",
      split = ",",
      description = "headers that have the uid, such as X-Remote-Uid")
  private List<String> uids = new ArrayList<>();

  FrontOptions options() {
    if (authority == null) {
      if (!usernames.isEmpty() || !names.isEmpty()) {
        throw new CommandFailure(
            "--requestheader-username-headers and --requestheader-allowed-names need"
                + " --requestheader-client-ca-file: without it, anybody could send the headers");
      }
      return FrontOptions.NONE;
    }
    if (usernames.isEmpty()) {
      throw new CommandFailure(
          "--requestheader-client-ca-file needs --requestheader-username-headers");
    }
    return FrontOptions.of(authority, names, usernames, groups, extras, uids);
  }
}
