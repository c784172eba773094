package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.node.image.layer.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files into and out of containers, whether they run or not. */
@Command(description = "Copies files into and out of containers.")
final class Cp extends DockerCommand {
  private static final Headers TAR = Headers.of("Content-Type", "application/x-tar");

  @Option(
      names = {"-a", "--archive"},
      description = "with their owners")
  private boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "what a link leads to")
  private boolean follow;

  @Option(
      names = {"-q", "--quiet"},
      description = "says nothing")
  private boolean quiet;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "CONTAINER:PATH, PATH or -")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "CONTAINER:PATH, PATH or -")
  private String target = "";

  @Override
  int run() throws IOException {
    CopyPlace from = CopyPlace.of(source);
    CopyPlace to = CopyPlace.of(target);
    if (from.isInside() && to.isInside()) {
      throw misused("copying between containers is not supported");
    }
    if (!from.isInside() && !to.isInside()) {
      throw misused("must specify at least one container source");
    }
    if (from.isInside()) {
      copyOut(from, to);
    } else {
      copyIn(from, to);
    }
    return 0;
  }

  private void copyOut(CopyPlace from, CopyPlace to) throws IOException {
    String path = from.path();
    if (follow) {
      PathStat stat = PathStat.of(engine(), from.container(), path).orElseThrow(() -> absent(from));
      path = stat.isLink() ? stat.linkedFrom(path) : path;
    }
    Target get = Target.of("containers", from.container(), "archive").with("path", path);
    try (LocalSocketAnswer answer = engine().open("GET", get, Headers.EMPTY)) {
      if (to.isStream()) {
        RawOutput.copy(answer.body(), out());
        return;
      }
      boolean directory = PathStat.of(answer.headers()).isDirectory();
      Path goal = CopyGoal.local(Path.of(to.path()), to.path(), path, directory);
      boolean contents = directory && path.endsWith("/.");
      new Extraction(goal, contents, archive).run(answer.body());
      if (!quiet) {
        err().println("Successfully copied to " + to.path());
      }
    }
  }

  private void copyIn(CopyPlace from, CopyPlace to) throws IOException {
    if (from.isStream()) {
      put(to.container(), to.path(), in());
      return;
    }
    Path local = Path.of(from.path());
    if (!Files.exists(local, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailure("lstat " + local + ": no such file or directory");
    }
    Path real = follow ? local.toRealPath() : local;
    boolean directory = Files.isDirectory(local);
    CopyGoal goal =
        CopyGoal.inside(
            to.path(),
            PathStat.followed(engine(), to.container(), to.path()),
            from.path(),
            directory);
    Path spool = Files.createTempFile("kuber-cp", ".tar");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool));
          TarWriter tar = new TarWriter(out)) {
        new TarTree(tar, false).add(real, goal.name(), each -> true, each -> true);
      }
      try (InputStream body = Files.newInputStream(spool)) {
        put(to.container(), goal.directory(), body);
      }
      if (!quiet) {
        long size = Files.size(spool);
        err().println("Successfully copied " + Sizes.of(size) + " to " + target);
      }
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private void put(String container, String directory, InputStream body) throws IOException {
    Target put =
        Target.of("containers", container, "archive")
            .with("path", directory)
            .with("noOverwriteDirNonDir", "true")
            .with("copyUIDGID", archive ? "true" : "");
    engine().send("PUT", put, TAR, body).close();
  }

  private static CommandFailure absent(CopyPlace place) {
    return new CommandFailure(
        "Could not find the file " + place.path() + " in container " + place.container());
  }
}
