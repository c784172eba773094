package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.docker.DockerMachine.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the flags of {@code docker run} do inside of containers. */
final class DockerFlagsTest {
  @TempDir private Path directory;
  @RegisterExtension private final DockerMachine machine = new DockerMachine();

  /** What a script says in a container with these flags. */
  private String shell(Client client, String flags, String script) {
    List<String> words = new ArrayList<>(List.of("run", "--rm"));
    words.addAll(List.of(flags.split(" ")));
    words.addAll(List.of(IMAGE, "sh", "-c", script));
    return machine.says(client, words.toArray(new String[0]));
  }

  private String refused(Client client, String... flags) {
    List<String> words = new ArrayList<>(List.of("run", "--rm"));
    words.addAll(List.of(flags));
    words.addAll(List.of(IMAGE, "true"));
    TestEngine.Said said = machine.run(client, words.toArray(new String[0]));
    assertThat(said.code()).as(said.out()).isNotZero();
    return said.out();
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void usersAndGroupsHaveNamesOfTheImage(Client client) {
    assertThat(shell(client, "-u nobody --group-add tty", "id -u; id -G; echo $HOME"))
        .isEqualTo("65534\n65534 5\n/nonexistent\n");
    assertThat(shell(client, "-u daemon:nogroup", "id -u; id -g")).isEqualTo("1\n65534\n");
    assertThat(shell(client, "-u 1234:99", "id -u; id -g; echo $HOME")).isEqualTo("1234\n99\n/\n");
    assertThat(refused(client, "-u", "somebody")).contains("unable to find user somebody");
    assertThat(refused(client, "--group-add", "some")).contains("unable to find group some");
    machine.says(client, "run", "-d", "--name", "box", IMAGE, "sleep", "1000");
    assertThat(machine.says(client, "exec", "-u", "daemon", "box", "id", "-un"))
        .isEqualTo("daemon\n");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void limitsHoldForProcesses(Client client) {
    assertThat(
            shell(
                client,
                "--ulimit nofile=123:456 --ulimit core=0",
                "ulimit -Sn; ulimit -Hn; ulimit -c"))
        .isEqualTo("123\n456\n0\n");
    assertThat(refused(client, "--ulimit", "nofile=5:4")).containsIgnoringCase("ulimit");
    String files = "cd /sys/fs/cgroup; ";
    assertThat(
            shell(
                client,
                "--cpus 0.5 --pids-limit 77",
                files
                    + "cat cpu/cpu.cfs_quota_us pids/pids.max 2>/dev/null || cat cpu.max pids.max"))
        .isIn("50000\n77\n", "50000 100000\n77\n");
    assertThat(shell(client, "--shm-size 3m", "df -k /dev/shm | tail -n 1")).contains(" 3072 ");
    assertThat(shell(client, "--oom-score-adj 500", "cat /proc/self/oom_score_adj"))
        .isEqualTo("500\n");
    assertThat(refused(client, "--cpuset-cpus", "0")).contains("--cpuset-cpus: ");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void filesAreWhereFlagsSay(Client client) throws Exception {
    assertThat(
            shell(
                client,
                "--read-only --tmpfs /scratch:size=2m,mode=700",
                "touch /no 2>/dev/null || echo refused; touch /scratch/yes; stat -c %a /scratch; "
                    + "df -k /scratch | tail -n 1"))
        .contains("refused\n700\n")
        .contains(" 2048 ");
    Files.createFile(directory.resolve("of-the-host"));
    machine.says(
        client,
        "run",
        "--name",
        "data",
        "-v",
        "/kept",
        "-v",
        directory + ":/host",
        IMAGE,
        "sh",
        "-c",
        "echo text > /kept/file");
    assertThat(
            shell(
                client,
                "--volumes-from data:ro",
                "cat /kept/file; touch /kept/x 2>/dev/null || echo ro; ls /host"))
        .isEqualTo("text\nro\nof-the-host\n");
    assertThat(refused(client, "--volumes-from", "nobody")).contains("No such container: nobody");
    assertThat(shell(client, "--device /dev/kmsg:/dev/messages:r", "ls -l /dev/messages"))
        .startsWith("crw");
    assertThat(refused(client, "--device", "/etc/passwd")).contains("is not a device node");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void networksAreThoseThatFlagsSay(Client client) throws Exception {
    assertThat(shell(client, "--network none", "ls /sys/class/net")).isEqualTo("lo\n");
    assertThat(shell(client, "--network host", "readlink /proc/self/ns/net").strip())
        .isEqualTo(Files.readSymbolicLink(machine.network().path()).toString());
    machine.says(
        client, "run", "-d", "--name", "web", "--hostname", "web.local", IMAGE, "sleep", "1000");
    String address = machine.says(client, "exec", "web", "hostname", "-i");
    String network = machine.says(client, "exec", "web", "readlink", "/proc/self/ns/net");
    assertThat(
            shell(
                client,
                "--network container:web",
                "readlink /proc/self/ns/net; grep web.local /etc/hosts"))
        .isEqualTo(network + address.strip() + "\tweb.local\n");
    assertThat(
            shell(
                client,
                "--add-host db:10.1.2.3 --add-host up:host-gateway --dns 10.9.9.9 --dns-search"
                    + " example.org --dns-option ndots:3",
                "cat /etc/hosts /etc/resolv.conf"))
        .contains("10.1.2.3\tdb\n", "172.", "\tup\n", "nameserver 10.9.9.9\n")
        .contains("search example.org\n", "options ndots:3\n");
    machine.says(client, "stop", "-t", "0", "web");
    assertThat(refused(client, "--network", "container:web")).contains("does not run: web");
    assertThat(
            shell(
                client,
                "--sysctl net.ipv4.ip_unprivileged_port_start=80",
                "cat /proc/sys/net/ipv4/ip_unprivileged_port_start"))
        .isEqualTo("80\n");
    assertThat(refused(client, "--network", "host", "--sysctl", "net.ipv4.ip_forward=1"))
        .contains("--sysctl: net.ipv4.ip_forward");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void processesAndQueuesAreThoseThatFlagsSay(Client client) throws Exception {
    assertThat(shell(client, "--pid host", "readlink /proc/self/ns/pid").strip())
        .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
    assertThat(shell(client, "--ipc host", "readlink /proc/self/ns/ipc").strip())
        .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")).toString());
    machine.says(
        client, "run", "-d", "--name", "app", "--ipc", "shareable", IMAGE, "sleep", "1234");
    assertThat(shell(client, "--pid container:app", "tr '\\0' ' ' < /proc/1/cmdline"))
        .isEqualTo("sleep 1234 ");
    String queues = machine.says(client, "exec", "app", "readlink", "/proc/self/ns/ipc");
    assertThat(shell(client, "--ipc container:app", "readlink /proc/self/ns/ipc"))
        .isEqualTo(queues);
    assertThat(refused(client, "--pid", "container:none")).contains("No such container: none");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void rightsAreThoseThatFlagsSay(Client client) {
    String bits = "grep CapEff /proc/self/status | cut -f2";
    assertThat(shell(client, "--cap-drop ALL --cap-add NET_BIND_SERVICE", bits))
        .isEqualTo("0000000000000400\n");
    assertThat(
            shell(client, "--security-opt no-new-privileges", "grep NoNewPrivs /proc/self/status"))
        .isEqualTo("NoNewPrivs:\t1\n");
    assertThat(
            shell(client, "--security-opt seccomp=unconfined", "grep ^Seccomp: /proc/self/status"))
        .isEqualTo("Seccomp:\t0\n");
    assertThat(refused(client, "--security-opt", "apparmor=mine")).contains("--security-opt");
    assertThat(refused(client, "--cap-add", "FLY")).containsIgnoringCase("capability");
  }
}
