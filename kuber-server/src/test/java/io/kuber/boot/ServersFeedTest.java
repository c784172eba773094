package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Where the servers of the API are, by the endpoints of their Service. */
final class ServersFeedTest {
  @Test
  void readsServersFromEndpoints() {
    Tree slice =
        Tree.of(
            "ports",
            Items.of(Tree.of("name", "https", "port", 6443L)),
            "endpoints",
            Items.of(
                Tree.of("addresses", Items.of("10.0.0.1")),
                Tree.of("addresses", Items.of("10.0.0.2"))));
    assertThat(ServersFeed.of(slice))
        .containsExactly(URI.create("https://10.0.0.1:6443"), URI.create("https://10.0.0.2:6443"));
    assertThat(ServersFeed.of(Tree.of("endpoints", slice.items("endpoints")))).isEmpty();
  }
}
