package io.kuber.load.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that starts containers from bundles, as crun and runc do. */
final class OciStarter implements Starter {
  private final String name;
  private final String program;
  private final Path directory;
  private final Bundle bundle;
  private final AtomicInteger started = new AtomicInteger();
  private boolean runs;

  /** The program, with bundles below a directory that is there. */
  OciStarter(String name, Path program, Path directory, Bundle bundle) {
    this.name = name;
    this.program = program.toString();
    this.directory = directory;
    this.bundle = bundle;
  }

  @Override
  public String name() {
    return name;
  }

  private String resident() {
    return name + "-resident";
  }

  private Path bundle(String id, String... command) throws IOException {
    Path made = Files.createDirectories(directory.resolve(id));
    bundle.write(made.resolve("config.json"), id, command);
    return made;
  }

  @Override
  public void start(int lane) throws IOException, InterruptedException {
    String id = name + "-" + lane;
    Path made = directory.resolve(id);
    if (!Files.exists(made)) {
      bundle(id, "/bin/true");
    }
    String container = id + "-" + started.incrementAndGet();
    Programs.run(program, "--root", root(), "run", "--bundle", made.toString(), container);
  }

  private String root() {
    return directory.resolve("state").toString();
  }

  @Override
  public void join() throws IOException, InterruptedException {
    if (!runs) {
      Path made = bundle(resident(), "/bin/sleep", "100000");
      ProcessBuilder begin =
          new ProcessBuilder(
              program, "--root", root(), "run", "-d", "--bundle", made.toString(), resident());
      Path nothing = Path.of("/dev/null");
      int code =
          begin
              .redirectInput(nothing.toFile())
              .redirectOutput(nothing.toFile())
              .redirectError(directory.resolve("resident.err").toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new IOException(name + ": " + Files.readString(directory.resolve("resident.err")));
      }
      runs = true;
    }
    Programs.run(program, "--root", root(), "exec", resident(), "/bin/true");
  }

  @Override
  public void end() throws IOException, InterruptedException {
    if (runs) {
      Programs.run(program, "--root", root(), "delete", "--force", resident());
    }
  }
}
