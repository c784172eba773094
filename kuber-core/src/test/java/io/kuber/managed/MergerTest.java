package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergerTest {
  @ParameterizedTest(name = "{0}: {1} + {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Deployment | spec: {replicas: 1, paused: true} | spec: {replicas: 2} | {'spec':{'replicas':2,'paused':true}}
          Deployment | spec: {selector: {matchLabels: {a: b}}} | spec: {selector: {matchLabels: {c: d}}} | {'spec':{'selector':{'matchLabels':{'c':'d'}}}}
          Deployment | metadata: {labels: {a: b}} | metadata: {labels: {c: d}} | {'metadata':{'labels':{'a':'b','c':'d'}}}
          Deployment | metadata: {labels: {a: b}} | metadata: {labels: {}} | {'metadata':{'labels':{'a':'b'}}}
          Deployment | metadata: {labels: {a: b}} | metadata: {labels: null} | {'metadata':{'labels':{'a':'b'}}}
          Deployment | metadata: {labels: {a: b}} | metadata: {labels: {a: null}} | {'metadata':{'labels':{'a':null}}}
          Service | spec: {ports: [{port: 80, name: a, protocol: TCP}]} | spec: {ports: [{port: 80, name: b}]} | {'spec':{'ports':[{'port':80,'name':'b','protocol':'TCP'}]}}
          Service | spec: {ports: [{port: 80}]} | spec: {ports: []} | {'spec':{'ports':[{'port':80}]}}
          Service | spec: {ports: [{port: 1, name: a}, {port: 1, name: b}]} | spec: {ports: [{port: 1, name: c}]} | {'spec':{'ports':[{'port':1,'name':'c'}]}}
          Service | spec: {externalIPs: [1.2.3.4]} | spec: {externalIPs: [5.6.7.8]} | {'spec':{'externalIPs':['5.6.7.8']}}
          Thing | spec: {a: {b: 1}} | spec: {a: 2} | {'spec':{'a':2}}
          Thing | spec: {a: 2} | spec: {a: {b: 1}} | {'spec':{'a':{'b':1}}}
          Thing | spec: {a: [1, 2]} | spec: {a: [3]} | {'spec':{'a':[3]}}
          """)
  void laysConfigurationOverObject(String type, String live, String config, String merged) {
    Tree result = Merger.merge(Sample.flow(live), Sample.flow(config), Sample.type(type));

    assertThat(Sample.text(result)).isEqualTo(merged);
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource({
    "abc, abc, abc",
    "abc, cba, cba",
    "abc, xyz, abcxyz",
    "axy, abc, axybc",
    "abx, bac, bxac",
    "'', ab, ab",
    "ab, '', ab",
    "abcd, db, acdb",
    "xabc, cy, xabcy",
    "abc, acb, acb",
  })
  void takesTheOrderOfTheConfiguration(String live, String config, String merged) {
    Tree result = Merger.merge(finalizers(live), finalizers(config), Sample.DEPLOYMENT);

    assertThat(String.join("", result.items("metadata", "finalizers").texts())).isEqualTo(merged);
  }

  private static Tree finalizers(String letters) {
    String list =
        Arrays.stream(letters.split("")).filter(x -> !x.isEmpty()).collect(Collectors.joining(","));
    return Sample.flow("metadata: {finalizers: [" + list.replace("y", "'y'") + "]}");
  }
}
