package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.linux.LinuxContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What containers may do, read from inside real ones. */
@Execution(ExecutionMode.CONCURRENT)
final class SecurityFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  /** The rights of this process: nobody can give more. */
  static long held() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapPrm:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("CapPrm:".length()).strip(), 16))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                           | CapEff | a80425fb",
        "'capabilities: {drop: [ALL]}'                                | CapEff | 0",
        "'capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}'       | CapEff | 400",
        "'capabilities: {drop: [MKNOD, CHOWN]}'                       | CapEff | a00425fa",
        "'capabilities: {add: [NET_ADMIN]}'                           | CapEff | a80435fb",
        "'capabilities: {add: [ALL], drop: [NET_ADMIN]}'              | CapEff | 1ffffffefff",
        "'privileged: true'                                           | CapEff | 1ffffffffff",
        "'runAsUser: 1000'                                            | CapEff | 0",
        "'runAsUser: 1000'                                            | CapBnd | a80425fb",
        "'runAsUser: 1000, privileged: true'                          | CapEff | 0",
      })
  void hasTheCapabilitiesThatItAskedFor(String context, String set, String expected)
      throws IOException {
    String read =
        READER.read(
            "",
            "securityContext: {" + context + "}",
            "grep " + set + ": /proc/self/status | cut -f 2");
    assertThat(Long.parseUnsignedLong(read, 16))
        .isEqualTo(Long.parseUnsignedLong(expected, 16) & held());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | ''                                          | NoNewPrivs | 0",
        "''                                        | 'allowPrivilegeEscalation: false'           | NoNewPrivs | 1",
        "''                                        | 'allowPrivilegeEscalation: true'            | NoNewPrivs | 0",
        "''                                        | ''                                          | Seccomp    | 2",
        "''                                        | 'seccompProfile: {type: RuntimeDefault}'    | Seccomp    | 2",
        "''                                        | 'seccompProfile: {type: Unconfined}'        | Seccomp    | 0",
        "'seccompProfile: {type: Unconfined}'      | ''                                          | Seccomp    | 0",
        "'seccompProfile: {type: Unconfined}'      | 'seccompProfile: {type: RuntimeDefault}'    | Seccomp    | 2",
        "''                                        | 'privileged: true'                          | Seccomp    | 0",
      })
  void isHeldBackAsItAskedFor(String ofPod, String own, String line, String expected) {
    String read =
        READER.read(
            "securityContext: {" + ofPod + "}",
            "securityContext: {" + own + "}",
            "grep ^" + line + ": /proc/self/status | cut -f 2");
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                   | touch /x                                | may",
        "'readOnlyRootFilesystem: true'       | touch /x                                | may not",
        "'readOnlyRootFilesystem: true'       | touch /scratch/x                        | may",
        "''                                   | mount -t tmpfs none /scratch            | may not",
        "'privileged: true'                   | mount -t tmpfs none /scratch            | may",
        "'privileged: true, readOnlyRootFilesystem: true' | touch /x                    | may not",
        "''                                   | chown 7 /scratch                        | may",
        "'capabilities: {drop: [CHOWN]}'      | chown 7 /scratch                        | may not",
        "''                                   | 'mknod /scratch/m b 7 200 && cat /scratch/m' | may not",
        "''                                   | echo 1 > /proc/sys/vm/drop_caches       | may not",
        "''                                   | test -w /sys/fs/cgroup/memory           | may not",
        "'runAsUser: 1000'                    | touch /root/x                           | may not",
      })
  void mayDoWhatItsContextSays(String context, String script, String expected) {
    String read =
        READER.read(
            "volumes: [{name: scratch, emptyDir: {}}]",
            "volumeMounts: [{name: scratch, mountPath: /scratch}], securityContext: {"
                + context
                + "}",
            "if { " + script + "; } 2>/dev/null; then echo may; else echo may not; fi");
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "'' = '' = awk '{print $1, ($2 > 0), $3}' /proc/self/uid_map = 0 0 4294967295",
        "'hostUsers: true' = '' = awk '{print $1, ($2 > 0), $3}' /proc/self/uid_map = 0 0 4294967295",
        "'hostUsers: false' = '' = awk '{print $1, ($2 > 65535), $3}' /proc/self/uid_map = 0 1 65536",
        "'hostUsers: false' = '' = awk '{print $1, ($2 > 65535), $3}' /proc/self/gid_map = 0 1 65536",
        "'hostUsers: false' = 'runAsUser: 1000, runAsGroup: 7' = id -u; id -g = 1000 7",
        "'hostUsers: false, shareProcessNamespace: true' = '' = stat -c %u /proc/1 = 65534",
        "'hostUsers: false, securityContext: {fsGroup: 44}' = '' = stat -c %u:%g /scratch = 0:44",
        "'hostUsers: false' = '' = touch /scratch/f; stat -c %u /scratch/f /etc/hosts = 0 0",
        "'hostUsers: false' = '' = grep -c ' /proc/sys ' /proc/self/mounts = 1",
        "'hostUsers: false' = 'procMount: Default' = grep -c ' /proc/sys ' /proc/self/mounts = 1",
        "'hostUsers: false' = 'procMount: Unmasked' = grep -c ' /proc/sys ' /proc/self/mounts = 0",
      })
  void hasUsersOfItsOwn(String ofPod, String own, String script, String expected) {
    assumeTrue(LinuxContainers.probe().ownUsers(), "needs user namespaces and Linux 6.13");
    String read =
        READER.read(
            "volumes: [{name: scratch, emptyDir: {}}]" + (ofPod.isEmpty() ? "" : ", " + ofPod),
            "volumeMounts: [{name: scratch, mountPath: /scratch}], securityContext: {" + own + "}",
            script);
    assertThat(String.join(" ", read.split("\\s+"))).isEqualTo(expected);
  }

  /** As people write them: what is not named fails with EPERM, but for one call. */
  private static void writeProfile(String name, String json) throws IOException {
    Path profiles = Files.createDirectories(BENCH.data().resolve("node/seccomp/team"));
    Files.writeString(profiles.resolve(name), json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mkdir /scratch/d                 | may not",
        "mkdir -m 700 /scratch/d          | may not",
        "touch /scratch/f                 | may",
        "chmod 4755 /scratch              | may not",
        "chmod 755 /scratch               | may",
      })
  void makesTheCallsThatItsProfileLetsItMake(String script, String expected) throws IOException {
    writeProfile(
        "no-mkdir.json",
        """
        {"defaultAction": "SCMP_ACT_ALLOW",
         "architectures": ["SCMP_ARCH_X86_64"],
         "syscalls": [
           {"names": ["mkdir", "mkdirat", "not_a_call"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13},
           {"names": ["chmod"], "action": "SCMP_ACT_ERRNO",
            "args": [{"index": 1, "value": 2048, "valueTwo": 2048, "op": "SCMP_CMP_MASKED_EQ"}]},
           {"names": ["fchmodat", "fchmodat2"], "action": "SCMP_ACT_ERRNO",
            "args": [{"index": 2, "value": 2048, "valueTwo": 2048, "op": "SCMP_CMP_MASKED_EQ"}]}]}
        """);
    String read =
        READER.read(
            "volumes: [{name: scratch, emptyDir: {}}]",
            "volumeMounts: [{name: scratch, mountPath: /scratch}], securityContext:"
                + " {seccompProfile: {type: Localhost, localhostProfile: team/no-mkdir.json}}",
            "if " + script + " 2>/dev/null; then echo may; else echo may not; fi");
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void doesNotStartWithoutItsProfile() {
    String message =
        READER
            .awaitWaiting(
                "",
                "securityContext: {seccompProfile: {type: Localhost, localhostProfile: none.json}}",
                "CreateContainerConfigError")
            .text("message");
    assertThat(message)
        .startsWith("cannot load seccomp profile ")
        .endsWith("node/seccomp/none.json\": no such file or directory");
  }
}
