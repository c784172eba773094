package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Stored;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One stored object, seen in several versions. */
class ServedVersionsTest {
  private static final ResourceType EVENTS = Resources.EVENTS.in("events.k8s.io", "v1");

  private final TestApi api = new TestApi();

  private KubeObject event() {
    return api.create(
        EVENTS,
        "{metadata: {name: e}, note: pulled, reason: Pulled, regarding: {kind: Pod, name: web,"
            + " namespace: default}, reportingController: kubelet}");
  }

  @Test
  void storesWhatIsSentInAnotherVersionInTheStoredOne() {
    assertThat(event().apiVersion()).isEqualTo("events.k8s.io/v1");
    Stored stored =
        Objects.requireNonNull(api.store.image().get(Resources.EVENTS.key("default", "e")));
    assertThat(stored.object().apiVersion()).isEqualTo("v1");
    assertThat(stored.object().tree().text("message")).isEqualTo("pulled");
    assertThat(stored.object().tree().has("note")).isFalse();
  }

  @Test
  void showsStoredObjectInTheVersionAskedFor() {
    event();
    assertThat(api.get(Resources.EVENTS, "e").tree().text("involvedObject", "name"))
        .isEqualTo("web");
    assertThat(api.get(EVENTS, "e").tree().text("regarding", "name")).isEqualTo("web");
    assertThat(api.list(api.request(Verb.LIST, EVENTS, "")).objects())
        .extracting(event -> event.tree().text("note"))
        .containsExactly("pulled");
  }

  @Test
  void appliesPatchesInTheVersionOfTheRequest() {
    event();
    KubeObject patched =
        api.one(
            api.request(Verb.PATCH, EVENTS, "e")
                .with(new Body.Patch(PatchType.MERGE, TestApi.yaml("{note: started}"))));
    assertThat(patched.tree().text("note")).isEqualTo("started");
    assertThat(api.get(Resources.EVENTS, "e").tree().text("message")).isEqualTo("started");
  }

  @Test
  void selectsByTheFieldNamesOfTheVersion() {
    event();
    ApiRequest list = api.request(Verb.LIST, EVENTS, "");
    assertThat(api.list(list.with(ReadOptions.selecting("", "regarding.name=web"))).entries())
        .hasSize(1);
    assertThat(api.list(list.with(ReadOptions.selecting("", "regarding.name=db"))).entries())
        .isEmpty();
    assertThatThrownBy(
            () -> api.list(list.with(ReadOptions.selecting("", "involvedObject.name=web"))))
        .hasMessage("field label not supported: involvedObject.name");
  }

  @Test
  void changesNothingWhenTheSameIsSentBack() {
    KubeObject shown = event();
    assertThat(api.update(EVENTS, "", shown).resourceVersion()).isEqualTo(shown.resourceVersion());
  }

  @Test
  void namesFieldsThatTheVersionLacks() {
    assertThatThrownBy(
            () ->
                api.one(
                    api.request(Verb.CREATE, EVENTS, "")
                        .with(new Body.Whole(TestApi.yaml("{metadata: {name: x}, message: a}")))
                        .with(WriteOptions.DEFAULT.with(WriteOptions.FieldValidation.STRICT))))
        .hasMessageContaining("strict decoding error: unknown field \"message\"");
  }

  @Test
  void listsGroupsInTheOrderThatClientsChooseBy() {
    List<String> groups =
        BuiltInKinds.catalogue().served().stream()
            .map(Served::type)
            .map(ResourceType::group)
            .distinct()
            .toList();
    assertThat(groups).startsWith("", "apiregistration.k8s.io", "apps", "events.k8s.io");
  }
}
