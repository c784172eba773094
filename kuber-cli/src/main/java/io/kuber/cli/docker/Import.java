package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an image of an archive of files. */
@Command(description = "Makes an image of an archive of files.")
final class Import extends DockerCommand {
  @Option(
      names = {"-c", "--change"},
      paramLabel = "INSTRUCTION",
      description = "of a Dockerfile")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "about it")
  private String message = "";

  @Option(names = "--platform", paramLabel = "OS/ARCH", description = "of the image")
  private String platform = "";

  @Parameters(index = "0", paramLabel = "FILE", description = "or - for standard input")
  private String file = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "IMAGE[:TAG]", description = "its name")
  private String image = "";

  @Override
  int run() throws IOException {
    if (file.startsWith("http://") || file.startsWith("https://")) {
      throw new CommandFailure("FILE: addresses are not fetched; fetch it first, and give -");
    }
    if (!file.equals("-") && !Files.isRegularFile(Path.of(file))) {
      throw new CommandFailure("FILE: " + file + " cannot be read");
    }
    ImageName wanted = ImageName.of(image);
    Target target =
        Target.of("images", "create")
            .with("fromSrc", "-")
            .with("repo", wanted.repository())
            .with("tag", wanted.tag())
            .with("message", message)
            .with("platform", platform);
    for (String change : changes) {
      target = target.with("changes", change);
    }
    try (InputStream body = file.equals("-") ? in() : Files.newInputStream(Path.of(file));
        LocalSocketAnswer answer =
            engine().send("POST", target, Headers.of("Content-Type", "application/x-tar"), body)) {
      new Progress(out(), docker().screen().isOutput()).show(answer.body());
    }
    return 0;
  }
}
