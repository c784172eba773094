package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Archives that the engine gives away as a whole. */
final class Archived {
  private Archived() {}

  /** Writes one to a file, which is there only when all of it is, or to standard output. */
  static void write(DockerCommand command, Target target, String file) throws IOException {
    if (file.isEmpty() && command.docker().screen().isOutput()) {
      throw command.misused("cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
    try (LocalSocketAnswer answer = command.engine().open("GET", target, Headers.EMPTY)) {
      if (file.isEmpty()) {
        RawOutput.copy(answer.body(), command.out());
      } else {
        save(answer.body(), Path.of(file).toAbsolutePath());
      }
    }
  }

  private static void save(InputStream body, Path file) throws IOException {
    Path directory = file.getParent();
    Path fresh = Files.createTempFile(directory, ".docker", ".tar");
    try {
      Files.copy(body, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
