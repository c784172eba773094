package io.kuber.cli.docker;

import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches an image. */
@Command(description = "Fetches an image from its registry.")
final class Pull extends DockerCommand {
  @Option(
      names = {"-a", "--all-tags"},
      description = "all of the repository")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "without progress")
  private boolean quiet;

  @Option(names = "--platform", paramLabel = "OS/ARCH", description = "of the image")
  private String platform = "";

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
    Target target =
        Target.of("images", "create")
            .with("fromImage", wanted.repository())
            .with("tag", wanted.tag().replace("@", ""))
            .with("platform", platform);
    PrintStream to =
        quiet
            ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
            : out();
    try (LocalSocketAnswer answer =
        engine().open("POST", target, Credentials.read().header(wanted.registryKey()))) {
      new Progress(to, !quiet && docker().screen().isOutput()).show(answer.body());
    }
    out().println(whole(wanted));
    return 0;
  }

  /** With the registry, as Docker ends with. */
  private static String whole(ImageName name) {
    if (!name.registryKey().equals(ImageName.HUB_KEY)) {
      return name.toString();
    }
    String text = name.toString();
    if (text.startsWith("docker.io/")) {
      return text;
    }
    return "docker.io/" + (text.contains("/") ? "" : "library/") + text;
  }
}
