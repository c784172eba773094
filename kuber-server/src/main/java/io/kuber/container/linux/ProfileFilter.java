package io.kuber.container.linux;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.kuber.container.Capability;
import io.kuber.container.ContainerException;
import io.kuber.container.linux.SeccompFilter.Instruction;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A filter of system calls that somebody wrote down as a profile (OCI runtime-spec,
 * config-linux.md), as a program of the kernel's classic packet filter.
 *
 * <p>Calls are compared one after another; the kernel keeps in mind which are always allowed. A
 * rule without conditions decides alone; of rules with conditions the first that holds does, and
 * the default action when none does. Names that this architecture does not know are left out, as
 * libseccomp does; calls of other architectures end the process.
 */
final class ProfileFilter {
  /** What the kernel takes. */
  private static final int MOST_INSTRUCTIONS = 4096;

  private static final int MOST_PROFILES = 64;
  private static final int LONGEST_JUMP = 255;
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int AUDIT_ARCH_X86_64 = 0xC000_003E;

  /** Calls of the x32 family, which a profile names by other numbers. */
  private static final int X32 = 0x4000_0000;

  private record Key(String json, Set<Capability> capabilities) {}

  private static final LoadingCache<Key, byte[]> FILTERS =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_PROFILES)
          .build(CacheLoader.from(key -> make(key.json(), key.capabilities())));

  private ProfileFilter() {}

  /**
   * The filter for a process with these capabilities, as the kernel takes it.
   *
   * @throws ContainerException when the profile cannot be understood or is too long
   */
  static byte[] of(String json, Set<Capability> capabilities) {
    try {
      return FILTERS.getUnchecked(new Key(json, Set.copyOf(capabilities)));
    } catch (UncheckedExecutionException e) {
      throw e.getCause() instanceof ContainerException refused
          ? refused
          : new ContainerException("seccomp profile: " + e.getCause(), e);
    }
  }

  private static byte[] make(String json, Set<Capability> capabilities) {
    List<Instruction> program = instructions(json, capabilities);
    if (program.size() > MOST_INSTRUCTIONS) {
      throw new ContainerException(
          "seccomp profile: %d instructions, the kernel takes %d"
              .formatted(program.size(), MOST_INSTRUCTIONS));
    }
    return SeccompFilter.encode(program);
  }

  static List<Instruction> instructions(String json, Set<Capability> capabilities) {
    Tree profile = parse(json);
    int otherwise = ProfileRule.action(profile, "defaultAction", "defaultErrnoRet");
    List<Instruction> program = new ArrayList<>();
    program.add(Bpf.load(ARCHITECTURE));
    program.add(Bpf.ifEqual(AUDIT_ARCH_X86_64, 1, 0));
    program.add(Bpf.end(SeccompFilter.KILL_PROCESS));
    program.add(Bpf.load(NUMBER));
    program.add(Bpf.ifAtLeast(X32, 0, 1));
    program.add(Bpf.end(SeccompFilter.ENOSYS));
    rules(profile, capabilities)
        .forEach((number, rules) -> program.addAll(decision(number, rules, otherwise)));
    program.add(Bpf.end(otherwise));
    return program;
  }

  private static Tree parse(String json) {
    try {
      return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException e) {
      throw new ContainerException("seccomp profile: decoding failed: " + e.getMessage(), e);
    }
  }

  private static Map<Integer, List<ProfileRule>> rules(Tree profile, Set<Capability> capabilities) {
    Map<Integer, List<ProfileRule>> byNumber = new TreeMap<>();
    for (Tree declared : profile.items("syscalls").trees()) {
      if (!ProfileRule.applies(declared, capabilities)) {
        continue;
      }
      ProfileRule rule = ProfileRule.of(declared);
      List<String> names = new ArrayList<>(declared.items("names").texts());
      if (declared.has("name")) {
        names.add(declared.text("name"));
      }
      for (String name : names) {
        SystemCalls.number(name)
            .ifPresent(
                number -> byNumber.computeIfAbsent(number, unused -> new ArrayList<>()).add(rule));
      }
    }
    return byNumber;
  }

  /** What happens to one call; falls through for others. */
  private static List<Instruction> decision(int number, List<ProfileRule> rules, int otherwise) {
    List<Instruction> body = new ArrayList<>();
    rules.stream()
        .filter(rule -> rule.conditions().isEmpty())
        .findFirst()
        .ifPresentOrElse(
            rule -> body.add(Bpf.end(rule.action())),
            () -> {
              rules.forEach(rule -> body.addAll(rule.instructions()));
              body.add(Bpf.end(otherwise));
            });
    if (body.size() > LONGEST_JUMP) {
      throw new ContainerException(
          "seccomp profile: too many conditions for system call " + number);
    }
    List<Instruction> all = new ArrayList<>();
    all.add(Bpf.ifEqual(number, 0, body.size()));
    all.addAll(body);
    return all;
  }
}
