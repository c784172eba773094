package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fields about names and users of a pod, read from inside of real ones. */
@Execution(ExecutionMode.CONCURRENT)
final class IdentityFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static void run(String name, String spec, String script, String container) {
    BENCH.run(
        """
        metadata: {name: %s, labels: {app: shop}}
        spec:
          restartPolicy: Never
          %s
          containers:
          - name: main
            image: kuber.io/host
            command: [sh, -c, '%s']
            %s
        """
            .formatted(name, spec, script, container));
  }

  @Test
  void knowsItsNames() {
    run(
        "names",
        """
        hostname: h
          subdomain: s
          setHostnameAsFQDN: true
          hostAliases: [{ip: 192.0.2.7, hostnames: [friend]}]
          dnsPolicy: None
          dnsConfig: {nameservers: [192.0.2.53], options: [{name: ndots, value: "1"}]}
        """,
        "cat /proc/sys/kernel/hostname /etc/resolv.conf; getent hosts friend",
        "");
    assertThat(BENCH.awaitOutput("names"))
        .startsWith("h.s.default.svc.cluster.local\nnameserver 192.0.2.53\noptions ndots:1\n")
        .containsPattern("192\\.0\\.2\\.7 +friend");
  }

  @Test
  void runsAsTheUserThatItAskedFor() {
    run(
        "user",
        "securityContext: {runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000]}",
        "id -u; id -g; id -G",
        "");
    assertThat(BENCH.awaitOutput("user")).isEqualTo("1000\n3000\n3000 4000\n");
    KubeObject pod = BENCH.cluster().pod("user");
    assertThat(
            pod.status()
                .items("containerStatuses")
                .trees()
                .get(0)
                .number(-1, "user", "linux", "gid"))
        .isEqualTo(3000);
  }

  @Test
  void hasTheRightsThatItAskedFor() {
    run(
        "rights",
        "",
        "grep -E \"CapEff|NoNewPrivs\" /proc/self/status; touch /x 2>/dev/null || echo sealed",
        "securityContext: {readOnlyRootFilesystem: true, allowPrivilegeEscalation: false,"
            + " capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}");
    assertThat(BENCH.awaitOutput("rights"))
        .isEqualTo("CapEff:\t0000000000000400\nNoNewPrivs:\t1\nsealed\n");
  }

  @Test
  void doesNotStartAsRootWhereThatIsForbidden() {
    run("nonroot", "securityContext: {runAsNonRoot: true}", "true", "");
    KubeObject pod =
        BENCH.awaitPod(
            "nonroot", seen -> waiting(seen).text("reason").equals("CreateContainerConfigError"));
    assertThat(waiting(pod).text("message"))
        .startsWith("container has runAsNonRoot and image will run as root");
  }

  private static Tree waiting(KubeObject pod) {
    return pod.status().items("containerStatuses").trees().stream()
        .findFirst()
        .map(status -> status.tree("state", "waiting"))
        .orElse(Tree.EMPTY);
  }

  @Test
  void refusesParametersThatAreNotSafe() {
    run(
        "sysctls",
        "securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: \"81\"}]}",
        "cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
        "");
    run("unsafe", "securityContext: {sysctls: [{name: kernel.msgmax, value: \"81\"}]}", "true", "");
    assertThat(BENCH.awaitOutput("sysctls")).isEqualTo("81\n");
    KubeObject refused = BENCH.awaitPod("unsafe", seen -> NodeBench.phase(seen).equals("Failed"));
    assertThat(refused.status().text("reason")).isEqualTo("SysctlForbidden");
  }

  @Test
  void readsOfItselfWhatItAskedFor() {
    run(
        "self",
        "",
        "echo $APP $CPU $MEMORY $GREETING $0",
        "env: [{name: APP, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app']\"}}},"
            + " {name: CPU, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 1m}}},"
            + " {name: MEMORY,"
            + " valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}},"
            + " {name: GREETING, value: \"hello $(APP) $$(APP) $(NOBODY)\"}]\n"
            + "    args: [\"$(APP)\"]\n"
            + "    resources: {requests: {cpu: 250m}, limits: {memory: 64Mi}}");
    assertThat(BENCH.awaitOutput("self"))
        .isEqualTo("shop 250 64 hello shop $(APP) $(NOBODY) shop\n");
  }
}
