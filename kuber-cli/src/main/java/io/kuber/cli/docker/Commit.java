package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an image of a container. */
@Command(description = "Makes an image of a container with its changes.")
final class Commit extends DockerCommand {
  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "about it")
  private String message = "";

  @Option(
      names = {"-a", "--author"},
      paramLabel = "NAME",
      description = "who made it")
  private String author = "";

  @Option(
      names = {"-c", "--change"},
      paramLabel = "INSTRUCTION",
      description = "of a Dockerfile, such as 'CMD [\"uuid\"]'")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = {"-p", "--pause"},
      arity = "1",
      description = "holds it up meanwhile (default: true)")
  private boolean pause = true;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "a name or id")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "IMAGE[:TAG]", description = "its name")
  private String image = "";

  @Override
  int run() throws IOException {
    ImageName wanted = ImageName.of(image);
    Target target =
        Target.of("commit")
            .with("container", name)
            .with("repo", wanted.repository())
            .with("tag", wanted.tag())
            .with("comment", message)
            .with("author", author)
            .with("pause", pause ? "1" : "0");
    for (String change : changes) {
      target = target.with("changes", change);
    }
    out().println(engine().post(target, Tree.EMPTY).text("Id"));
    return 0;
  }
}
