package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes images from an archive. */
@Command(description = "Takes images from an archive that save has written.")
final class Load extends DockerCommand {
  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "instead of standard input")
  private String file = "";

  @Option(
      names = {"-q", "--quiet"},
      description = "without progress")
  private boolean quiet;

  @Override
  int run() throws IOException {
    if (file.isEmpty() && docker().screen().isInput()) {
      throw misused("requested load from stdin, but stdin is empty");
    }
    if (!file.isEmpty() && !Files.isRegularFile(Path.of(file))) {
      throw new CommandFailure("--input: " + file + " cannot be read");
    }
    Target target = Target.of("images", "load").with("quiet", quiet ? "1" : "0");
    Headers headers = Headers.of("Content-Type", "application/x-tar");
    try (InputStream body = file.isEmpty() ? in() : Files.newInputStream(Path.of(file));
        LocalSocketAnswer answer = engine().send("POST", target, headers, body)) {
      new Progress(out(), docker().screen().isOutput()).show(answer.body());
    }
    return 0;
  }
}
