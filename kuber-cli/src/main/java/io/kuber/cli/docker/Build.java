package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an image by the instructions of a Dockerfile. */
@Command(description = "Makes an image by the instructions of a Dockerfile.")
final class Build extends DockerCommand {
  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME[:TAG]",
      description = "names of the image")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "the Dockerfile; - for standard input")
  private String file = "";

  @Option(names = "--build-arg", paramLabel = "NAME=VALUE", description = "for its ARG")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "labels")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--no-cache", description = "does every step again")
  private boolean noCache;

  @Option(names = "--pull", description = "fetches images again")
  private boolean pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints the id alone")
  private boolean quiet;

  @Option(names = "--target", paramLabel = "STAGE", description = "where to stop")
  private String target = "";

  @Option(names = "--network", paramLabel = "NETWORK", description = "for its RUN")
  private String network = "";

  @Option(names = "--platform", paramLabel = "OS/ARCH", description = "of the image")
  private String platform = "";

  @Option(
      names = {"--force-rm", "--rm"},
      description = "keeps no containers of its steps, as always here")
  private boolean forceRemove;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, plain or tty")
  private String progress = "";

  @Option(names = "--iidfile", paramLabel = "FILE", description = "gets the id")
  private String idFile = "";

  @Parameters(paramLabel = "DIRECTORY", description = "its files; - for standard input")
  private String context = "";

  @Override
  int run() throws IOException, InterruptedException {
    if (context.contains("://") || context.startsWith("git@")) {
      throw new CommandFailure("DIRECTORY: " + context + " is no directory; nothing is fetched");
    }
    if (context.equals("-") && file.equals("-")) {
      throw misused("invalid argument: can't use stdin for both build context and dockerfile");
    }
    if (!List.of("", "auto", "plain", "tty").contains(progress)) {
      throw misused("--progress: " + progress + " is none of auto, plain and tty");
    }
    BuildContext sent =
        context.equals("-")
            ? BuildContext.of(in(), file)
            : BuildContext.of(Path.of(context), file, in());
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    PrintStream to = quiet ? new PrintStream(kept, false, StandardCharsets.UTF_8) : out();
    List<String> ids = new ArrayList<>();
    Headers headers = Credentials.read().all().plus("Content-Type", "application/x-tar");
    try (InputStream body = sent.open();
        LocalSocketAnswer answer = engine().send("POST", target(sent), headers, body)) {
      if (!quiet && !context.equals("-")) {
        out().println("Sending build context to Docker daemon  " + Sizes.exact(sent.bytes()));
      }
      new Progress(to, !quiet && docker().screen().isOutput())
          .onAux(aux -> ids.add(aux.text("ID")))
          .show(answer.body());
    } finally {
      sent.close();
    }
    finish(ids, kept.toString(StandardCharsets.UTF_8).strip());
    return 0;
  }

  private void finish(List<String> ids, String said) throws IOException {
    String id = ids.isEmpty() ? said : ids.get(ids.size() - 1);
    if (quiet) {
      out().println(id);
    }
    if (!idFile.isEmpty()) {
      Files.writeString(Path.of(idFile), id, StandardCharsets.UTF_8);
    }
  }

  private Target target(BuildContext sent) {
    Target made =
        Target.of("build")
            .with("dockerfile", sent.dockerfile())
            .with("buildargs", json(Pairs.texts(known(arguments), name -> own(name))))
            .with("labels", json(Pairs.texts(labels)))
            .with("nocache", noCache)
            .with("pull", pull)
            .with("q", quiet)
            .with("rm", true)
            .with("forcerm", forceRemove)
            .with("target", target)
            .with("networkmode", network)
            .with("platform", platform);
    for (String tag : tags) {
      made = made.with("t", tag);
    }
    return made;
  }

  /** Without those that get their value from this process, which has none for them. */
  private static List<String> known(List<String> flags) {
    return flags.stream()
        .filter(each -> each.contains("=") || System.getenv(each) != null)
        .toList();
  }

  private static String own(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  private static String json(Tree texts) {
    return texts.isEmpty() ? "" : new String(Json.print(texts), StandardCharsets.UTF_8);
  }
}
