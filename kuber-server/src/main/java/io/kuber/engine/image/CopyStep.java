package io.kuber.engine.image;

import io.kuber.container.User;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Ignored;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code COPY} and {@code ADD}. */
record CopyStep(Images images, Workbench bench, Steps steps) {
  /** Says where the files of a copy come from. */
  @FunctionalInterface
  interface Source {
    FileView of(Instruction step, Optional<String> from) throws DockerfileException, IOException;
  }

  /** Takes the step. */
  void take(Stage stage, Instruction step, Source source, Ignored ignored)
      throws DockerfileException, IOException, InterruptedException {
    boolean isAdd = step.name().equals("ADD");
    Map<String, String> flags =
        step.flags(isAdd ? Set.of("chown", "chmod") : Set.of("chown", "chmod", "from"));
    if (!step.heredocs().isEmpty()) {
      throw step.fault("here-documents are supported in RUN alone");
    }
    List<String> words = new ArrayList<>();
    for (String word : step.list().orElseGet(() -> Words.plain(step.rest()))) {
      words.add(stage.expand(step, word));
    }
    if (words.size() < 2) {
      throw step.fault(
          step.name()
              + " requires at least two arguments, but only one was provided."
              + " Destination could not be determined.");
    }
    String last = words.remove(words.size() - 1);
    for (String each : words) {
      if (each.matches("(https?|ftp|git)://.*|git@.*")) {
        throw step.fault(
            step.name() + " " + each + ": addresses are not supported; fetch it with RUN");
      }
    }
    String target = stage.settings.absolute(last);
    boolean wantsDirectory = last.endsWith("/") || last.endsWith("/.") || last.equals(".");
    Optional<String> from = Optional.ofNullable(flags.get("from"));
    FileView view = stage.view(images.stock());
    Copy.Wish wish =
        new Copy.Wish(
            step,
            words,
            wantsDirectory ? target + "/" : target,
            isAdd,
            source.of(step, from),
            path -> from.isEmpty() && ignored.matches(path));
    Copy copy = Copy.plan(wish, view);
    TarContent.Owner owner = owner(stage, step, flags);
    String digest = copy.digest();
    steps.take(
        stage,
        stage.settings,
        Steps.NOTHING_RUNS
            + step.name()
            + " "
            + (String.join(" ", step.flags()) + " ").stripLeading()
            + (from.isPresent() ? "" : "file:")
            + digest
            + " in "
            + target
            + " ",
        owner.toString(),
        () ->
            Optional.of(
                bench.layer(
                    out ->
                        new TarContent(view, images.stock().now().getEpochSecond())
                            .write(copy, owner, out))));
  }

  private TarContent.Owner owner(Stage stage, Instruction step, Map<String, String> flags)
      throws DockerfileException, IOException {
    OptionalInt mode = OptionalInt.empty();
    if (flags.containsKey("chmod")) {
      String text = stage.expand(step, flags.getOrDefault("chmod", ""));
      if (!text.matches("[0-7]{1,4}")) {
        throw step.fault("--chmod=" + text + ": octal permissions are expected");
      }
      mode = OptionalInt.of(Integer.parseInt(text, 8));
    }
    if (!flags.containsKey("chown")) {
      return new TarContent.Owner(0, 0, mode);
    }
    String text = stage.expand(step, flags.getOrDefault("chown", ""));
    // A number alone is the group as well, unlike with USER.
    String both = text.matches("[0-9]+") ? text + ":" + text : text;
    User user = stage.user(images.stock(), step, both);
    return new TarContent.Owner(user.uid(), user.gid(), mode);
  }
}
