package io.kuber.cli.docker;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What client and engine are. */
@Command(description = "Shows the versions of client and engine.")
final class Version extends DockerCommand {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "TEMPLATE",
      description = "some of it, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    Tree server = engine().tree(Target.of("version"));
    Tree client =
        Tree.of(
            "Version",
            server.text("Version"),
            "ApiVersion",
            "1.41",
            "Os",
            "linux",
            "Arch",
            server.text("Arch"));
    Tree both = Tree.of("Client", client, "Server", server);
    if (format.equals("json")) {
      out().println(new String(Json.print(both), StandardCharsets.UTF_8));
    } else if (!format.isEmpty()) {
      out().println(Template.parse(format).render(both));
    } else {
      out().println("Client: kuber docker");
      out().println(" API version:       1.41");
      out().println();
      out().println("Server: " + name(server));
      out().println(" Version:           " + server.text("Version"));
      out()
          .println(
              " API version:       "
                  + server.text("ApiVersion")
                  + " (minimum version "
                  + server.text("MinAPIVersion")
                  + ")");
      out().println(" OS/Arch:           " + server.text("Os") + "/" + server.text("Arch"));
      out().println(" Kernel:            " + server.text("KernelVersion"));
    }
    return 0;
  }

  private static String name(Tree server) {
    String name = server.text("Platform", "Name");
    return name.isEmpty() ? "Engine" : name;
  }
}
