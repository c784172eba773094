package io.kuber.cli.docker;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives an image one more name. */
@Command(description = "Gives an image one more name.")
final class Tag extends DockerCommand {
  @Parameters(index = "0", paramLabel = "IMAGE", description = "a name or id")
  private String image = "";

  @Parameters(index = "1", paramLabel = "NAME[:TAG]", description = "the further one")
  private String name = "";

  @Override
  int run() throws IOException {
    ImageName wanted = ImageName.of(name).orLatest();
    if (wanted.tag().startsWith("@")) {
      throw misused("refusing to create a tag with a digest reference");
    }
    engine()
        .post(
            Target.of("images", image, "tag")
                .with("repo", wanted.repository())
                .with("tag", wanted.tag()));
    return 0;
  }
}
