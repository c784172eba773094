package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.PodNetworkConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NodePlaceTest {
  private static final NodePlace PLACE =
      new NodePlace(Path.of("/none/node"), "node", PodNetworkConfig.standard("kuber-test"));

  @Test
  void givesEachNodeStateAndControlGroupsOfItsOwn() {
    NodePlace second = PLACE.numbered(2);
    assertThat(second.state()).isEqualTo(Path.of("/none/node-2"));
    assertThat(second.instance()).isEqualTo("node-2");
    assertThat(second.manifests()).isEmpty();
  }

  @Test
  void hasAllNodesReadTheManifestsOfTheDirectoryThatWasAskedFor() {
    Path own = Path.of("/none/pods");
    assertThat(PLACE.withManifests(own).numbered(1).manifests()).contains(own);
    assertThat(PLACE.withManifests(own).numbered(2).manifests()).contains(own);
  }
}
