package io.kuber.node;

import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pod says about the namespaces that its containers share. Pure. */
final class SandboxPlan {
  private SandboxPlan() {}

  static SandboxSpec of(KubeObject pod, String clusterDomain) {
    Tree spec = pod.spec();
    return new SandboxSpec(
        pod.uid(),
        PodNames.of(pod, clusterDomain).kernelName(),
        spec.isTrue("hostNetwork"),
        spec.isTrue("hostIPC"),
        view(spec),
        Boolean.FALSE.equals(spec.get("hostUsers")),
        sysctls(spec));
  }

  private static ProcessView view(Tree spec) {
    if (spec.isTrue("hostPID")) {
      return ProcessView.HOST;
    }
    return spec.isTrue("shareProcessNamespace") ? ProcessView.POD : ProcessView.CONTAINER;
  }

  private static Map<String, String> sysctls(Tree spec) {
    Map<String, String> sysctls = new LinkedHashMap<>();
    for (Tree sysctl : spec.items("securityContext", "sysctls").trees()) {
      sysctls.put(sysctl.text("name"), sysctl.text("value"));
    }
    return sysctls;
  }
}
