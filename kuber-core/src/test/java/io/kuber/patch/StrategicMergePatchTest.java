package io.kuber.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {
  private static final TypeSchema POD_SPEC =
      Schemas.builtIn().named("io.k8s.api.core.v1.PodSpec").orElseThrow();

  private static Tree tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** As JSON, so that the order of fields and elements counts. */
  private static String patched(TypeSchema type, String object, String patch) {
    Tree patched = StrategicMergePatch.apply(tree(object), tree(patch), type);
    return new String(Json.print(patched), StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static TypeSchema kind(String apiVersion, String kind) {
    return Schemas.builtIn().of(apiVersion, kind).orElseThrow();
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'nodeName':'a'} | {'nodeName':'b'} | {'nodeName':'b'}
          {'nodeName':'a'} | {'nodeName':null} | {}
          {} | {'nodeName':null} | {}
          {'nodeSelector':{'a':'1'}} | {'nodeSelector':{'b':'2'}} | {'nodeSelector':{'a':'1','b':'2'}}
          {'nodeSelector':{'a':'1'}} | {'nodeSelector':{'a':null}} | {'nodeSelector':{}}
          {'nodeSelector':{'a':'1'}} | {'nodeSelector':{'$patch':'replace','b':'2'}} | {'nodeSelector':{'b':'2'}}
          {'nodeSelector':{'a':'1'}} | {'nodeSelector':{'$patch':'delete'}} | {'nodeSelector':{}}
          {'nodeSelector':{'a':'1'}} | {'nodeSelector':{'$patch':'merge','b':'2'}} | {'nodeSelector':{'a':'1','b':'2'}}
          {} | {'nodeSelector':{'$patch':'delete'}} | {}
          {} | {'affinity':{'nodeAffinity':null,'podAffinity':{'$patch':'replace'}}} | {'affinity':{'podAffinity':{}}}
          """)
  void mergesObjects(String object, String patch, String result) {
    assertThat(patched(POD_SPEC, object, patch)).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [{'name':'a','image':'1'}] | [{'name':'a','image':'2'}] | [{'name':'a','image':'2'}]
          [{'name':'a','image':'1'}] | [{'name':'b','image':'2'}] | [{'name':'b','image':'2'},{'name':'a','image':'1'}]
          [{'name':'a'},{'name':'b'}] | [{'name':'a','$patch':'delete'}] | [{'name':'b'}]
          [{'name':'a'},{'name':'b'}] | [{'name':'c'},{'$patch':'replace'}] | [{'name':'c'}]
          [{'name':'a'},{'name':'b'},{'name':'c'}] | [{'name':'c','image':'1'},{'name':'a','image':'2'}] | [{'name':'b'},{'name':'c','image':'1'},{'name':'a','image':'2'}]
          [{'name':'a','args':['x']}] | [{'name':'a','args':['y','z']}] | [{'name':'a','args':['y','z']}]
          [{'name':'a','env':[{'name':'x','value':'1'}]}] | [{'name':'a','env':[{'name':'y','value':'2'}]}] | [{'name':'a','env':[{'name':'y','value':'2'},{'name':'x','value':'1'}]}]
          [] | [{'name':'a','image':null}] | [{'name':'a'}]
          """)
  void mergesListsByTheirMergeKey(String containers, String patch, String result) {
    assertThat(
            patched(POD_SPEC, "{'containers':" + containers + "}", "{'containers':" + patch + "}"))
        .isEqualTo("{'containers':" + result + "}");
  }

  @Test
  void replacesListsWithoutStrategy() {
    assertThat(patched(POD_SPEC, "{'tolerations':[{'key':'a'}]}", "{'tolerations':[{'key':'b'}]}"))
        .isEqualTo("{'tolerations':[{'key':'b'}]}");
  }

  @Test
  void keepsOnlyTheFieldsThatRetainKeysLists() {
    assertThat(
            patched(
                kind("apps/v1", "Deployment"),
                "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
                "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}"))
        .isEqualTo("{'spec':{'strategy':{'type':'Recreate'}}}");
  }

  @Test
  void refusesToSetAFieldThatIsNotRetained() {
    assertThatThrownBy(
            () ->
                patched(
                    POD_SPEC,
                    "{}",
                    "{'volumes':[{'$patch':'replace'}],'$retainKeys':['containers']}"))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining("volumes is set but not retained");
  }

  @Test
  void changesTheSourceOfAVolume() {
    assertThat(
            patched(
                POD_SPEC,
                "{'volumes':[{'name':'v','emptyDir':{}}]}",
                "{'volumes':[{'$retainKeys':['name','hostPath'],'name':'v',"
                    + "'hostPath':{'path':'/x'}}]}"))
        .isEqualTo("{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}");
  }

  @Test
  void mergesAndDeletesValuesOfPrimitiveLists() {
    TypeSchema pod = kind("v1", "Pod");

    assertThat(
            patched(
                pod,
                "{'metadata':{'finalizers':['a','b']}}",
                "{'metadata':{'finalizers':['b','c']}}"))
        .isEqualTo("{'metadata':{'finalizers':['a','b','c']}}");
    assertThat(
            patched(
                pod,
                "{'metadata':{'finalizers':['a','b','c']}}",
                "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b']}}"))
        .isEqualTo("{'metadata':{'finalizers':['a','c']}}");
  }

  @Test
  void deletesAndOrdersPrimitivesInOnePatch() {
    assertThat(
            patched(
                kind("v1", "Pod"),
                "{'metadata':{'finalizers':['a','b','c']}}",
                "{'metadata':{'$setElementOrder/finalizers':['d','c','a'],"
                    + "'$deleteFromPrimitiveList/finalizers':['b'],'finalizers':['d']}}"))
        .isEqualTo("{'metadata':{'finalizers':['d','c','a']}}");
  }

  @Test
  void putsElementsIntoTheOrderThatThePatchAsksFor() {
    assertThat(
            patched(
                POD_SPEC,
                "{'containers':[{'name':'a'},{'name':'server-side'},{'name':'b'}]}",
                "{'$setElementOrder/containers':[{'name':'c'},{'name':'b'},{'name':'a'}],"
                    + "'containers':[{'name':'c'}]}"))
        .isEqualTo(
            "{'containers':[{'name':'c'},{'name':'server-side'},{'name':'b'},{'name':'a'}]}");
  }

  @Test
  void refusesAnOrderThatTheListItselfDoesNotFollow() {
    assertThatThrownBy(
            () ->
                patched(
                    POD_SPEC,
                    "{'containers':[{'name':'a'}]}",
                    "{'$setElementOrder/containers':[{'name':'a'},{'name':'b'}],"
                        + "'containers':[{'name':'b'},{'name':'a'}]}"))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining("doesn't match $setElementOrder/containers list");
  }

  @Test
  void refusesElementsWithoutTheirKey() {
    assertThatThrownBy(
            () ->
                patched(
                    POD_SPEC, "{'containers':[{'name':'a'}]}", "{'containers':[{'image':'b'}]}"))
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.MALFORMED))
        .hasMessageContaining("does not contain declared merge key: name");
  }

  @Test
  void refusesUnknownDirectives() {
    assertThatThrownBy(() -> patched(POD_SPEC, "{}", "{'$patch':'explode'}"))
        .hasMessageStartingWith("unknown patch type [explode]");
  }

  @Test
  void mergesServicePortsByPort() {
    assertThat(
            patched(
                kind("v1", "Service"),
                "{'spec':{'ports':[{'port':80,'nodePort':30080}]}}",
                "{'spec':{'ports':[{'port':80,'targetPort':8080}]}}"))
        .isEqualTo("{'spec':{'ports':[{'port':80,'nodePort':30080,'targetPort':8080}]}}");
  }
}
