package io.kuber.admission.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each check of each version says of pods, in the words of pod-security-admission. */
final class ChecksTest {
  private static final String SAFE =
      "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: true,"
          + " seccompProfile: {type: RuntimeDefault}";

  private static final String ESCALATION =
      "allowPrivilegeEscalation != false (container \"a\" must set"
          + " securityContext.allowPrivilegeEscalation=false)";
  private static final String CAPABILITIES =
      "unrestricted capabilities (container \"a\" must set"
          + " securityContext.capabilities.drop=[\"ALL\"])";
  private static final String NON_ROOT =
      "runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true)";
  private static final String SECCOMP =
      "seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to"
          + " \"RuntimeDefault\" or \"Localhost\")";

  /**
   * A row.
   *
   * @param standard and version, such as {@code baseline:latest}
   * @param pod in YAML, without what all have
   * @param said all that is said of it
   */
  private record Row(String standard, String pod, String said) {}

  private static Row row(String standard, String pod, String said) {
    return new Row(standard, pod, said);
  }

  private static String spec(String fields) {
    return "{spec: {" + fields + "}}";
  }

  private static String container(String fields) {
    return spec("containers: [{name: a, " + fields + "}]");
  }

  private static String context(String fields) {
    return container("securityContext: {" + fields + "}");
  }

  private static String safe(String fields) {
    return spec("containers: [{name: a, securityContext: {" + SAFE + "}}], " + fields);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row("privileged:latest", context("privileged: true"), ""),
        row("baseline:latest", container("image: i"), ""),
        row(
            "restricted:latest",
            container("image: i"),
            String.join(", ", ESCALATION, CAPABILITIES, NON_ROOT, SECCOMP)),
        row(
            "restricted:v1.21",
            container("image: i"),
            ESCALATION + ", " + NON_ROOT + ", " + SECCOMP),
        row("restricted:v1.18", container("image: i"), ESCALATION + ", " + NON_ROOT),
        row("restricted:v1.7", container("image: i"), NON_ROOT),
        row("restricted:v1.99", safe(""), ""),
        row(
            "baseline:v1.0",
            spec("hostNetwork: true, hostPID: true, hostIPC: true, hostUsers: true"),
            "host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)"),
        row(
            "baseline:latest",
            spec(
                "initContainers: [{name: b, ports: [{hostPort: 9}]}], containers: [{name: a, ports:"
                    + " [{hostPort: 80}, {containerPort: 5}]}]"),
            "hostPort (containers \"b\", \"a\" use hostPorts 80, 9)"),
        row(
            "baseline:latest",
            container("ports: [{hostPort: 80}]"),
            "hostPort (container \"a\" uses hostPort 80)"),
        row(
            "baseline:v1.34",
            container(
                "livenessProbe: {httpGet: {host: h}}, lifecycle: {preStop: {tcpSocket: {host: g}}}"),
            "probe or lifecycle host (container \"a\" uses probe or lifecycle hosts \"g\", \"h\")"),
        row("baseline:v1.33", container("livenessProbe: {httpGet: {host: h}}"), ""),
        row(
            "baseline:latest",
            spec(
                "securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a,"
                    + " securityContext: {windowsOptions: {hostProcess: true}}}]"),
            "hostProcess (pod and container \"a\" must not set"
                + " securityContext.windowsOptions.hostProcess=true)"),
        row(
            "baseline:latest",
            spec("ephemeralContainers: [{name: e, securityContext: {privileged: true}}]"),
            "privileged (container \"e\" must not set securityContext.privileged=true)"),
        row(
            "baseline:latest",
            context("capabilities: {add: [NET_RAW, CHOWN, BPF]}"),
            "non-default capabilities (container \"a\" must not include \"BPF\", \"NET_RAW\" in"
                + " securityContext.capabilities.add)"),
        row(
            "restricted:latest",
            context(
                "allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: {type:"
                    + " Localhost}, capabilities: {add: [CHOWN, NET_BIND_SERVICE]}"),
            "unrestricted capabilities (container \"a\" must set"
                + " securityContext.capabilities.drop=[\"ALL\"]; container \"a\" must not include"
                + " \"CHOWN\" in securityContext.capabilities.add)"),
        row("restricted:v1.21", context(SAFE.replace("drop: [ALL]", "add: [CHOWN]")), ""),
        row("baseline:latest", context("procMount: Default"), ""),
        row(
            "baseline:latest",
            context("procMount: Unmasked"),
            "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")"),
        row(
            "baseline:v1.35",
            spec(
                "hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked}}]"),
            ""),
        row(
            "restricted:v1.35",
            spec(
                "hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked, "
                    + SAFE
                    + "}}]"),
            "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")"),
        row(
            "baseline:latest",
            "{metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/a:"
                + " unconfined}}, spec: {securityContext: {appArmorProfile: {type: Unconfined}}}}",
            "forbidden AppArmor profiles (pod and annotation must not set AppArmor profile type to"
                + " \"Unconfined\","
                + " \"container.apparmor.security.beta.kubernetes.io/a=\"unconfined\"\")"),
        row(
            "baseline:v1.0",
            context("appArmorProfile: {type: Unconfined}"),
            "forbidden AppArmor profile (container \"a\" must not set AppArmor profile type to"
                + " \"Unconfined\")"),
        row(
            "baseline:latest",
            spec(
                "securityContext: {seLinuxOptions: {type: t, user: u}}, containers: [{name: a,"
                    + " securityContext: {seLinuxOptions: {type: s, role: r}}}]"),
            "seLinuxOptions (pod and container \"a\" set forbidden securityContext.seLinuxOptions:"
                + " types \"s\", \"t\"; user may not be set; role may not be set)"),
        row("baseline:v1.31", context("seLinuxOptions: {type: container_engine_t}"), ""),
        row(
            "baseline:v1.30",
            context("seLinuxOptions: {type: container_engine_t}"),
            "seLinuxOptions (container \"a\" set forbidden securityContext.seLinuxOptions: type"
                + " \"container_engine_t\")"),
        row(
            "baseline:v1.18",
            "{metadata: {annotations: {seccomp.security.alpha.kubernetes.io/pod: unconfined}},"
                + " spec: {securityContext: {seccompProfile: {type: Unconfined}}}}",
            "seccompProfile (forbidden annotation"
                + " seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")"),
        row(
            "baseline:v1.19",
            spec(
                "securityContext: {seccompProfile: {type: Unconfined}}, containers: [{name: a,"
                    + " securityContext: {seccompProfile: {type: Unconfined}}}]"),
            "seccompProfile (pod and container \"a\" must not set"
                + " securityContext.seccompProfile.type to \"Unconfined\")"),
        row(
            "baseline:v1.28",
            spec(
                "securityContext: {sysctls: [{name: net.ipv4.ip_local_reserved_ports}, {name:"
                    + " net.ipv4.tcp_rmem}, {name: net.ipv4.tcp_keepalive_time}]}"),
            "forbidden sysctls (net.ipv4.tcp_rmem, net.ipv4.tcp_keepalive_time)"),
        row("baseline:v1.32", spec("securityContext: {sysctls: [{name: net.ipv4.tcp_rmem}]}"), ""),
        row(
            "baseline:latest",
            spec("volumes: [{name: v, hostPath: {path: /}}, {name: w, emptyDir: {}}]"),
            "hostPath volumes (volume \"v\")"),
        row(
            "restricted:latest",
            safe(
                "volumes: [{name: v, hostPath: {path: /}}, {name: w, nfs: {}}, {name: i, image: {}}]"),
            "restricted volume types (volumes \"v\", \"w\" use restricted volume types"
                + " \"hostPath\", \"nfs\")"),
        row(
            "restricted:latest",
            safe("securityContext: {runAsNonRoot: false}"),
            "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"),
        row(
            "restricted:v1.23",
            safe("securityContext: {runAsUser: 0}"),
            "runAsUser=0 (pod must not set runAsUser=0)"),
        row("restricted:v1.22", safe("securityContext: {runAsUser: 0}"), ""),
        row("restricted:v1.35", safe("hostUsers: false, securityContext: {runAsUser: 0}"), ""),
        row(
            "restricted:v1.34",
            safe("hostUsers: false, securityContext: {runAsUser: 0}"),
            "runAsUser=0 (pod must not set runAsUser=0)"),
        row("restricted:v1.25", spec("os: {name: windows}, containers: [{name: a}]"), NON_ROOT),
        row(
            "restricted:v1.24",
            spec("os: {name: windows}, containers: [{name: a}]"),
            String.join(", ", ESCALATION, CAPABILITIES, NON_ROOT, SECCOMP)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsAgainstAPod(Row row) {
    Tree pod = Yaml.parse(row.pod().getBytes(StandardCharsets.UTF_8));
    String[] parts = row.standard().split(":", -1);
    Standard standard =
        new Standard(Level.of(parts[0]).orElseThrow(), StandardVersion.of(parts[1]).orElseThrow());
    assertThat(Violation.details(Checks.violations(standard, PodView.of(pod))))
        .isEqualTo(row.said());
  }

  @ParameterizedTest
  @CsvSource({
    "latest, latest",
    "v1.0, v1.0",
    "v1.36, v1.36",
    "v1.01, ''",
    "v2.0, ''",
    "1.30, ''",
    "v1., ''"
  })
  void readsVersions(String text, String version) {
    assertThat(StandardVersion.of(text).map(StandardVersion::text).orElse("")).isEqualTo(version);
  }

  @Test
  void listsChecksInTheOrderInWhichTheyAreTold() {
    assertThat(Checks.ALL)
        .isSortedAccordingTo(
            (one, other) ->
                one.level() == other.level()
                    ? one.id().compareTo(other.id())
                    : one.level().compareTo(other.level()));
  }
}
