package io.kuber.cli.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** All commands with the names under which Docker has them. */
final class Commands {
  private static final List<Entry> ALL =
      List.of(
          new Entry("run, container run", Run::new),
          new Entry("create, container create", Create::new),
          new Entry("start, container start", Start::new),
          new Entry("stop, container stop", Stop::new),
          new Entry("restart, container restart", Restart::new),
          new Entry("kill, container kill", Kill::new),
          new Entry("rm, container rm, container remove", Rm::new),
          new Entry("ps, container ls, container ps, container list", Ps::new),
          new Entry("logs, container logs", Logs::new),
          new Entry("exec, container exec", Exec::new),
          new Entry("attach, container attach", Attach::new),
          new Entry("cp, container cp", Cp::new),
          new Entry("commit, container commit", Commit::new),
          new Entry("diff, container diff", Diff::new),
          new Entry("export, container export", Export::new),
          new Entry("top, container top", Top::new),
          new Entry("stats, container stats", Stats::new),
          new Entry("port, container port", Port::new),
          new Entry("rename, container rename", Rename::new),
          new Entry("wait, container wait", Wait::new),
          new Entry("update, container update", Update::new),
          new Entry("pause, container pause", Pause::new),
          new Entry("unpause, container unpause", Unpause::new),
          new Entry("container inspect", () -> new Inspect("container")),
          new Entry("container prune", () -> new Prune("containers")),
          new Entry("build, image build, builder build", Build::new),
          new Entry("images, image ls, image list", Images::new),
          new Entry("pull, image pull", Pull::new),
          new Entry("push, image push", Push::new),
          new Entry("tag, image tag", Tag::new),
          new Entry("rmi, image rm, image remove", Rmi::new),
          new Entry("history, image history", History::new),
          new Entry("save, image save", Save::new),
          new Entry("load, image load", Load::new),
          new Entry("import, image import", Import::new),
          new Entry("image inspect", () -> new Inspect("image")),
          new Entry("image prune", () -> new Prune("images")),
          new Entry("network create", NetworkCreate::new),
          new Entry("network ls, network list", NetworkList::new),
          new Entry("network rm, network remove", NetworkRemove::new),
          new Entry("network connect", NetworkConnect::new),
          new Entry("network disconnect", NetworkDisconnect::new),
          new Entry("network inspect", () -> new Inspect("network")),
          new Entry("network prune", () -> new Prune("networks")),
          new Entry("volume create", VolumeCreate::new),
          new Entry("volume ls, volume list", VolumeList::new),
          new Entry("volume rm, volume remove", VolumeRemove::new),
          new Entry("volume inspect", () -> new Inspect("volume")),
          new Entry("volume prune", () -> new Prune("volumes")),
          new Entry("inspect", () -> new Inspect("")),
          new Entry("login", Login::new),
          new Entry("logout", Logout::new),
          new Entry("version", Version::new),
          new Entry("info, system info", Info::new),
          new Entry("events, system events", Events::new),
          new Entry("system df", DiskUse::new),
          new Entry("system prune", SystemPrune::new),
          new Entry("serve", Serve::new));

  private Commands() {}

  /** A command under names that a comma divides. */
  private record Entry(String names, Supplier<DockerCommand> command) {
    List<String> all() {
      return List.of(names.split(", "));
    }

    String description() {
      Command annotation = command.get().getClass().getAnnotation(Command.class);
      return annotation == null ? "" : String.join(" ", annotation.description());
    }

    boolean is(String name) {
      return all().contains(name);
    }
  }

  /**
   * A command that was typed.
   *
   * @param name the words that name it
   * @param rest what follows them
   */
  record Found(String name, DockerCommand command, List<String> rest) {}

  /** The command that words begin with; names of two words come first. */
  static Optional<Found> find(List<String> words) {
    for (int length = Math.min(2, words.size()); length > 0; length--) {
      String name = String.join(" ", words.subList(0, length));
      List<String> rest = words.subList(length, words.size());
      Optional<Entry> entry = ALL.stream().filter(each -> each.is(name)).findFirst();
      if (entry.isPresent()) {
        return Optional.of(new Found(name, entry.get().command().get(), rest));
      }
    }
    return Optional.empty();
  }

  /** The commands of a group such as {@code network}, a line each; none if it is no group. */
  static List<String> group(String word) {
    return lines(word + " ");
  }

  /** All commands, a line each. */
  static List<String> help() {
    List<String> lines = new ArrayList<>();
    lines.add("Usage: kuber docker [--host unix://SOCKET | --data-dir DIR] COMMAND ...");
    lines.add("");
    lines.addAll(lines(""));
    lines.add("");
    lines.add("kuber docker COMMAND --help shows the flags of a command.");
    return lines;
  }

  private static List<String> lines(String prefix) {
    return ALL.stream()
        .flatMap(
            entry ->
                entry.all().stream()
                    .filter(name -> name.startsWith(prefix))
                    .limit(1)
                    .map(name -> "  %-22s %s".formatted(name, entry.description())))
        .toList();
  }
}
