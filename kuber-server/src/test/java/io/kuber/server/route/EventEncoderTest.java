package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.Tables.Include;
import io.kuber.api.WatchStream;
import io.kuber.api.WatchStream.Event;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.server.format.Format;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchEvent;
import io.kuber.watch.WatchHub;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventEncoderTest {
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private final Catalogue catalogue = BuiltInKinds.catalogue();
  private final LocalStore store = new LocalStore();
  private final WatchHub hub = WatchHub.of(store);

  private EventEncoder encoder(String accept) {
    Served maps = catalogue.find("", "v1", "configmaps").orElseThrow();
    return new EventEncoder(
        new Rendering(
            Format.ofStream(accept, true), maps, () -> Instant.EPOCH, Include.METADATA, false));
  }

  private Event created() {
    Watch watch = hub.open("configmaps", "", 0);
    String json =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"b\","
            + "\"namespace\":\"a\",\"creationTimestamp\":\"1970-01-01T00:00:00Z\"}}";
    store.submit(
        new Command.Put(Resources.CONFIG_MAPS.key("a", "b"), Command.ABSENT, json.getBytes(UTF_8)));
    WatchEvent change = watch.poll(1).get(0);
    return new Event(WatchStream.Type.ADDED, change.delta().after(), 1, change, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF, PARTIAL})
  void givesAllWatchersOfAFormatTheSameBytes(String accept) {
    Event event = created();
    byte[] first = encoder(accept).encoded(event);
    assertThat(encoder(accept).encoded(event)).isSameAs(first);
  }

  @Test
  void keepsFormatsAndTypesOfEventsApart() {
    Event event = created();
    Event deleted = new Event(WatchStream.Type.DELETED, event.stored(), 1, event.source(), false);
    Set<String> seen = new HashSet<>();
    for (String accept : List.of(JSON, PROTOBUF, PARTIAL, TABLE)) {
      seen.add(new String(encoder(accept).encoded(event), UTF_8));
      seen.add(new String(encoder(accept).encoded(deleted), UTF_8));
    }
    assertThat(seen).hasSize(8);
  }

  @Test
  void sendsTheColumnsOfATableToEachWatcherOnce() {
    Event event = created();
    EventEncoder one = encoder(TABLE);
    assertThat(new String(one.encoded(event), UTF_8)).contains("\"columnDefinitions\":[{");
    assertThat(new String(one.encoded(event), UTF_8)).contains("\"columnDefinitions\":[]");
    assertThat(new String(encoder(TABLE).encoded(event), UTF_8))
        .contains("\"columnDefinitions\":[{");
  }
}
