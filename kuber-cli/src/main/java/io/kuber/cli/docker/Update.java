package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes limits of containers. */
@Command(description = "Changes what running containers may use.")
final class Update extends EachCommand {
  @Mixin private ResourceFlags resources = new ResourceFlags();

  @Override
  String one(String name) throws IOException {
    Tree fields = resources.fields();
    if (fields.isEmpty()) {
      throw misused("you must provide one or more flags when using this command");
    }
    Tree said = engine().post(Target.of("containers", name, "update"), fields);
    said.items("Warnings").texts().forEach(err()::println);
    return name;
  }
}
