package io.kuber.load.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code floor.c}, a process for each lane, asked by a byte and answering with one. */
final class FloorStarter implements Starter {
  private final List<Process> lanes = new ArrayList<>();

  /**
   * Builds the program and starts it.
   *
   * @param compiler of C
   * @param directory where everything is, and which is there
   */
  FloorStarter(Path compiler, Path directory, Bundle bundle, int lanes)
      throws IOException, InterruptedException {
    Path source = directory.resolve("floor.c");
    try (InputStream in =
        Objects.requireNonNull(FloorStarter.class.getResourceAsStream("floor.c"), "floor.c")) {
      Files.copy(in, source);
    }
    Path program = directory.resolve("floor");
    Programs.run(compiler.toString(), "-O2", "-o", program.toString(), source.toString());
    Path numbers = Files.write(directory.resolve("numbers"), bundle.numbers());
    for (int lane = 0; lane < lanes; lane++) {
      Path scratch = directory.resolve("lane-" + lane);
      Files.createDirectories(scratch.resolve("root"));
      List<String> command = new ArrayList<>();
      command.add(program.toString());
      command.add(bundle.root().toString());
      command.add(scratch.toString());
      command.add("kuber-floor-" + lane);
      command.add(numbers.toString());
      command.addAll(Bundle.CONTROLLERS);
      this.lanes.add(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }
  }

  @Override
  public String name() {
    return "C";
  }

  @Override
  public void start(int lane) throws IOException {
    Process process = lanes.get(lane);
    process.getOutputStream().write('s');
    process.getOutputStream().flush();
    if (process.getInputStream().read() < 0) {
      throw new IOException("floor.c has failed");
    }
  }

  @Override
  public boolean joins() {
    return false;
  }

  @Override
  public void join() {
    throw new UnsupportedOperationException("floor.c joins nothing");
  }

  @Override
  public void end() throws IOException, InterruptedException {
    for (Process lane : lanes) {
      lane.getOutputStream().close();
      lane.waitFor();
    }
  }
}
