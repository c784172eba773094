package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives an image to its registry. */
@Command(description = "Gives an image to its registry.")
final class Push extends DockerCommand {
  private static final Headers NOBODY =
      Headers.of(
          "X-Registry-Auth",
          Base64.getUrlEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8)));

  @Option(
      names = {"-a", "--all-tags"},
      description = "all of the repository")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "without progress")
  private boolean quiet;

  @Parameters(paramLabel = "IMAGE", description = "a name")
  private String image = "";

  @Override
  int run() throws IOException {
    ImageName written = ImageName.of(image);
    if (all && !written.tag().isEmpty()) {
      throw misused("tag can't be used with --all-tags/-a");
    }
    if (!all && !quiet && written.tag().isEmpty()) {
      out().println("Using default tag: latest");
    }
    ImageName wanted = all ? written : written.orLatest();
    Target target = Target.of("images", wanted.repository(), "push").with("tag", wanted.tag());
    Headers known = Credentials.read().header(wanted.registryKey());
    PrintStream to =
        quiet
            ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
            : out();
    try (LocalSocketAnswer answer = engine().open("POST", target, known.orElse(NOBODY))) {
      new Progress(to, !quiet && docker().screen().isOutput()).show(answer.body());
    }
    if (quiet) {
      out().println(wanted);
    }
    return 0;
  }
}
