package io.kuber.container.linux;

import io.kuber.container.CallFilter;
import io.kuber.container.Capability;
import io.kuber.container.ProcessLimit;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.linux.Syscalls;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the next run of the agent has to know of a container to take it over; a file in the
 * container's directory.
 *
 * @param id names the container
 * @param process what runs in it
 * @param security what it may do, and what joins it later
 * @param startedAt when it was started
 * @param pid its first process
 * @param keeper the process that holds its streams
 * @param users which users of the machine its own are, if it has its own
 */
record ContainerRecord(
    String id,
    ProcessSpec process,
    Security security,
    Instant startedAt,
    int pid,
    Keeper keeper,
    Optional<UserRange> users) {
  private static final String UNFILTERED = "none";
  private static final String STANDARD = "standard";

  /**
   * A process that keeps a container, and the numbers that its descriptors have there.
   *
   * @param startTime as {@link ProcessStat} has it
   * @param end the pipe that ends when the container has
   */
  record Keeper(int pid, long startTime, Stdio.Ends streams, int end) {
    /** A descriptor of the process, or -1 when it is gone. */
    int descriptor(Syscalls linux) {
      return Grip.process(linux, pid, stat -> stat.startTime() == startTime);
    }
  }

  Tree toTree() {
    Tree.Builder tree =
        Tree.builder()
            .put("id", id)
            .put("process", processTree())
            .put("security", securityTree())
            .put("startedAt", startedAt.toString())
            .put("pid", (long) pid)
            .put("keeper", keeperTree());
    users.ifPresent(range -> range.addTo(tree));
    return tree.build();
  }

  private Tree processTree() {
    User user = process.user();
    return Tree.of(
        "command", Items.copyOf(process.command()),
        "environment", Tree.ofTexts(process.environment()),
        "workingDirectory", process.workingDirectory(),
        "uid", (long) user.uid(),
        "gid", (long) user.gid(),
        "groups", Items.copyOf(user.groups().stream().map(Integer::longValue).toList()),
        "terminal", process.terminal(),
        "stdin", process.stdin(),
        "stdinStays", process.stdinStays(),
        "limits",
            Items.copyOf(
                process.limits().stream()
                    .map(l -> Tree.of("name", l.name(), "soft", l.soft(), "hard", l.hard()))
                    .toList()));
  }

  private Tree securityTree() {
    return Tree.of(
        "capabilities", Items.copyOf(security.capabilities().stream().map(Enum::name).toList()),
        "privileged", security.privileged(),
        "noNewPrivileges", security.noNewPrivileges(),
        "seccomp", callFilter(security.seccomp()),
        "readOnlyRoot", security.readOnlyRoot(),
        "unmasked", security.unmasked());
  }

  private Tree keeperTree() {
    return Tree.of(
        "pid", (long) keeper.pid(),
        "startTime", keeper.startTime(),
        "stdin", (long) keeper.streams().stdin(),
        "stdout", (long) keeper.streams().stdout(),
        "stderr", (long) keeper.streams().stderr(),
        "end", (long) keeper.end());
  }

  static ContainerRecord of(Tree tree) {
    return new ContainerRecord(
        tree.text("id"),
        process(tree.tree("process")),
        security(tree.tree("security")),
        Instant.parse(tree.text("startedAt")),
        number(tree, "pid"),
        keeper(tree.tree("keeper")),
        UserRange.of(tree));
  }

  private static ProcessSpec process(Tree tree) {
    List<Integer> groups =
        tree.items("groups").stream().map(group -> ((Number) group).intValue()).toList();
    return new ProcessSpec(
        tree.items("command").texts(),
        tree.tree("environment").texts(),
        tree.text("workingDirectory"),
        new User(number(tree, "uid"), number(tree, "gid"), groups),
        tree.isTrue("terminal"),
        tree.isTrue("stdin"),
        tree.isTrue("stdinStays"),
        tree.items("limits").trees().stream()
            .map(l -> new ProcessLimit(l.text("name"), l.number(0, "soft"), l.number(0, "hard")))
            .toList());
  }

  private static Security security(Tree tree) {
    return new Security(
        tree.items("capabilities").texts().stream()
            .map(Capability::named)
            .collect(Collectors.toSet()),
        tree.isTrue("privileged"),
        tree.isTrue("noNewPrivileges"),
        callFilter(tree.text("seccomp")),
        tree.isTrue("readOnlyRoot"),
        tree.isTrue("unmasked"));
  }

  /** The name of a filter that every node has, or a profile in JSON, which begins with a brace. */
  private static String callFilter(CallFilter filter) {
    return filter instanceof CallFilter.Profile profile
        ? profile.json().strip()
        : filter.equals(CallFilter.NONE) ? UNFILTERED : STANDARD;
  }

  private static CallFilter callFilter(String text) {
    if (text.startsWith("{")) {
      return new CallFilter.Profile(text);
    }
    return text.equals(UNFILTERED) ? CallFilter.NONE : CallFilter.STANDARD;
  }

  private static Keeper keeper(Tree tree) {
    return new Keeper(
        number(tree, "pid"),
        tree.number(0, "startTime"),
        new Stdio.Ends(number(tree, "stdin"), number(tree, "stdout"), number(tree, "stderr")),
        number(tree, "end"));
  }

  private static int number(Tree tree, String name) {
    return (int) tree.number(-1, name);
  }
}
