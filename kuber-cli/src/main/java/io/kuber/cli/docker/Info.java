package io.kuber.cli.docker;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the engine and its machine are. */
@Command(description = "Shows what the engine and its machine are.")
final class Info extends DockerCommand {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "TEMPLATE",
      description = "some of it, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    Tree info = engine().tree(Target.of("info"));
    if (format.equals("json")) {
      out().println(new String(Json.print(info), StandardCharsets.UTF_8));
      return 0;
    }
    if (!format.isEmpty()) {
      out().println(Template.parse(format).render(info));
      return 0;
    }
    out().println("Server:");
    line(" Containers", info.number(0, "Containers"));
    line("  Running", info.number(0, "ContainersRunning"));
    line("  Paused", info.number(0, "ContainersPaused"));
    line("  Stopped", info.number(0, "ContainersStopped"));
    line(" Images", info.number(0, "Images"));
    line(" Server Version", info.text("ServerVersion"));
    line(" Storage Driver", info.text("Driver"));
    line(" Cgroup Version", info.text("CgroupVersion"));
    line(" Kernel Version", info.text("KernelVersion"));
    line(" Operating System", info.text("OperatingSystem"));
    line(" OSType", info.text("OSType"));
    line(" Architecture", info.text("Architecture"));
    line(" CPUs", info.number(0, "NCPU"));
    line(" Total Memory", Sizes.ofMemory(info.number(0, "MemTotal")));
    line(" Name", info.text("Name"));
    line(" ID", info.text("ID"));
    line(" Docker Root Dir", info.text("DockerRootDir"));
    info.items("Warnings").texts().forEach(err()::println);
    return 0;
  }

  private void line(String name, Object value) {
    if (!value.equals("")) {
      out().println(name + ": " + value);
    }
  }
}
