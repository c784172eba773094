package io.kuber.cli.command;

import io.kuber.boot.Restoration;
import io.kuber.boot.StartException;
import io.kuber.cli.output.CommandFailure;
import io.kuber.cli.output.Steps;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Copies all objects of a cluster into a file. The file gets its name once it is whole, on the disk
 * and checked; an older one of that name stays until then.
 */
@Command(
    name = "backup",
    description = "Copies all objects of a cluster into a file.",
    mixinStandardHelpOptions = true)
public final class Backup implements Callable<Integer> {
  private static final String PATH = "/kuber/backup";

  @Parameters(paramLabel = "FILE", description = "where to; replaced when it is there")
  private Path file = Path.of("");

  @Option(
      names = "--at-hand",
      description = "what the server has, without asking the others; works without a majority")
  private boolean atHand;

  @Mixin private ApiArguments api = new ApiArguments();

  @Override
  public Integer call() throws Exception {
    Steps steps = Steps.onStandardOutput();
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target) || target.getFileName() == null) {
      throw new CommandFailure("FILE: " + file + " is a directory; name a file in it");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      steps.run("copying all objects", () -> download(part));
      TreeImage image = steps.run("checking the copy", () -> Restoration.read(part));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      steps.say(
          "%s holds %d objects at revision %d, secrets among them: keep it to yourself"
              .formatted(file, image.size(), image.revision()));
      return 0;
    } catch (StartException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure("FILE: cannot write " + file + ": " + e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private boolean download(Path part) throws IOException, InterruptedException {
    Files.deleteIfExists(part);
    PrivateFile.create(part);
    api.ask(
        server -> {
          server.download(PATH + (atHand ? "?resourceVersion=0" : ""), part);
          return true;
        });
    return true;
  }
}
