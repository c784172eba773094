package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.User;
import io.kuber.api.Admission.Request;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.TreeImage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which taints a node has from the first moment on. */
final class NewNodeTaintTest {
  private static final KubeObject PLAIN = node("{metadata: {name: a}}");

  private static KubeObject node(String yaml) {
    return KubeObject.of(yaml(yaml));
  }

  private static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KubeObject admit(Verb verb, KubeObject node) {
    return new NewNodeTaint()
        .admit(
            new Request(
                verb,
                BuiltInKinds.catalogue().of(Resources.NODES),
                "",
                node,
                verb == Verb.CREATE ? null : node,
                User.system("node"),
                TreeImage.EMPTY));
  }

  @Test
  void keepsPodsFromANewNode() {
    assertThat(admit(Verb.CREATE, PLAIN).spec())
        .isEqualTo(yaml("taints: [{key: node.kubernetes.io/not-ready, effect: NoSchedule}]"));
  }

  @Test
  void addsToWhatTheNodeComesWith() {
    KubeObject own = node("{metadata: {name: a}, spec: {taints: [{key: k, effect: NoExecute}]}}");
    assertThat(admit(Verb.CREATE, own).spec())
        .isEqualTo(
            yaml(
                "taints: [{key: k, effect: NoExecute},"
                    + " {key: node.kubernetes.io/not-ready, effect: NoSchedule}]"));
  }

  @Test
  void addsNothingTwice() {
    KubeObject tainted = admit(Verb.CREATE, PLAIN);
    assertThat(admit(Verb.CREATE, tainted)).isEqualTo(tainted);
  }

  @Test
  void leavesNodesAloneThatAreThere() {
    assertThat(admit(Verb.UPDATE, PLAIN)).isEqualTo(PLAIN);
  }
}
