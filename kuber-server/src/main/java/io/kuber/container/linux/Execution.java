package io.kuber.container.linux;

import io.kuber.container.ContainerStartException;
import io.kuber.container.ProcessSpec;
import io.kuber.linux.Argument;
import io.kuber.linux.Call;
import io.kuber.linux.Errno;
import io.kuber.linux.Program;
import io.kuber.linux.SyscallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last step of a program: executing the command, as a shell would find it. */
final class Execution {
  private Execution() {}

  static void addTo(Program program, ProcessSpec process) {
    Argument arguments = Argument.strings(process.command());
    Argument environment = Argument.strings(environment(process));
    List<String> candidates = candidates(process);
    for (String candidate : candidates.subList(0, candidates.size() - 1)) {
      program.attempt(Call.EXECVE, candidate, arguments, environment);
    }
    String last = candidates.get(candidates.size() - 1);
    program.must(Call.EXECVE, last, arguments, environment);
  }

  /** Where the program may be, in the order in which to try. */
  static List<String> candidates(ProcessSpec process) {
    String name = process.command().get(0);
    if (name.contains("/")) {
      return List.of(name);
    }
    String path = process.environment().getOrDefault("PATH", ProcessSpec.DEFAULT_PATH);
    List<String> list = new ArrayList<>();
    for (String directory : path.split(":", -1)) {
      list.add((directory.isEmpty() ? "." : directory) + "/" + name);
    }
    return list;
  }

  /** The variables as {@code NAME=value}; a home, and a terminal's type, are added when missing. */
  static List<String> environment(ProcessSpec process) {
    Map<String, String> variables = new TreeMap<>(process.environment());
    variables.putIfAbsent("HOME", process.user().uid() == 0 ? "/root" : "/");
    if (process.terminal()) {
      variables.putIfAbsent("TERM", "xterm");
    }
    return variables.entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList();
  }

  /** Says what a failed step means to somebody who wrote a pod. */
  static ContainerStartException explain(
      String container, ProcessSpec process, SyscallException failure) {
    String name = process.command().get(0);
    String prefix = "cannot start " + name + " in container " + container + ": ";
    if (!failure.call().startsWith(Call.EXECVE + "(")) {
      return new ContainerStartException(
          prefix + failure.getMessage(), ContainerStartException.NOT_STARTED, failure);
    }
    if (failure.is(Errno.ENOENT) || failure.is(Errno.ENOTDIR)) {
      String reason =
          name.contains("/") ? "no such file or directory" : "executable file not found in $PATH";
      return new ContainerStartException(
          prefix + "exec: \"" + name + "\": " + reason, ContainerStartException.NOT_FOUND, failure);
    }
    String reason = failure.is(Errno.EACCES) ? "permission denied" : Errno.name(failure.errno());
    return new ContainerStartException(
        prefix + "exec: \"" + name + "\": " + reason,
        ContainerStartException.NOT_EXECUTABLE,
        failure);
  }
}
