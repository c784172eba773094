package io.kuber.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of custom resources, as the documentation of Kubernetes has them. */
class CelRulesTest {
  private static final FieldPath SCHEMA = FieldPath.SPEC.child("validation", "openAPIV3Schema");

  private static final String REPLICAS =
      """
      {"type":"object","properties":{"spec":{"type":"object",
       "x-kubernetes-validations":[
        {"rule":"self.minReplicas <= self.replicas"},
        {"rule":"self.replicas <= self.maxReplicas","message":"too many replicas",
         "fieldPath":".replicas","reason":"FieldValueForbidden"},
        {"rule":"self.replicas != 7","messageExpression":"'seven is ' + self.word"}],
       "properties":{"minReplicas":{"type":"integer"},"replicas":{"type":"integer"},
        "maxReplicas":{"type":"integer"},
        "word":{"type":"string","maxLength":10}}}}}
      """;

  @Test
  void acceptsWhatTheRulesAllow() {
    assertThat(check(REPLICAS, "{'spec':{'minReplicas':1,'replicas':2,'maxReplicas':3}}"))
        .isEmpty();
  }

  @Test
  void refusesWithTheRuleWhereThereIsNoMessage() {
    assertThat(check(REPLICAS, "{'spec':{'minReplicas':3,'replicas':2,'maxReplicas':3}}"))
        .containsExactly(
            new Problem(
                "FieldValueInvalid",
                "spec",
                "Invalid value: \"object\": failed rule: self.minReplicas <= self.replicas"));
  }

  @Test
  void reportsAtTheFieldPathForTheReasonGiven() {
    assertThat(check(REPLICAS, "{'spec':{'minReplicas':1,'replicas':4,'maxReplicas':3}}"))
        .containsExactly(
            new Problem("FieldValueForbidden", "spec.replicas", "Forbidden: too many replicas"));
  }

  @Test
  void evaluatesTheMessage() {
    assertThat(
            check(REPLICAS, "{'spec':{'minReplicas':1,'replicas':7,'maxReplicas':9,'word':'odd'}}"))
        .containsExactly(
            new Problem("FieldValueInvalid", "spec", "Invalid value: \"object\": seven is odd"));
  }

  @Test
  void saysWhatAMissingFieldDid() {
    assertThat(check(REPLICAS, "{'spec':{'minReplicas':1}}"))
        .extracting(Problem::message)
        .contains(
            "Invalid value: \"object\": no such key: replicas evaluating rule:"
                + " self.minReplicas <= self.replicas");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "self.name.startsWith('kube') # {'name':'kubelet'} # {'name':'x'}",
        "has(self.expired) && self.created + self.ttl < self.expired # {'created':'2024-01-01T00:00:00Z','ttl':'1h','expired':'2024-01-01T02:00:00Z'} # {'created':'2024-01-01T00:00:00Z','ttl':'3h','expired':'2024-01-01T02:00:00Z'}",
        "self.health.startsWith('ok') # {'health':'ok'} # {'health':'no'}",
        "self.widgets.exists(w, w.key == 'x' && w.foo < 10) # {'widgets':[{'key':'x','foo':1}]} # {'widgets':[{'key':'x','foo':10}]}",
        "type(self.port) == string ? self.port == '99%' : self.port == 42 # {'port':42} # {'port':'9%'}",
        "type(self.port) == string ? self.port == '99%' : self.port == 42 # {'port':'99%'} # {'port':41}",
        "self.metadata.name == 'singleton' # {'metadata':{'name':'singleton'}} # {'metadata':{'name':'other'}}",
        "self.set1.all(e, !(e in self.set2)) # {'set1':['a'],'set2':['b']} # {'set1':['a'],'set2':['a']}",
        "self.set1 + self.set2 == ['b', 'a'] # {'set1':['a'],'set2':['b','a']} # {'set1':['a'],'set2':['c']}",
        "'MY_KEY' in self.env && self.env['MY_KEY'].matches('^[a-z]+$') # {'env':{'MY_KEY':'abc'}} # {'env':{'MY_KEY':'1'}}",
        "size(self.names) == size(self.details) && self.names.all(n, n in self.details) # {'names':['a'],'details':{'a':'x'}} # {'names':['b'],'details':{'a':'x'}}",
        "self.x__dash__prop > 0 && self.__namespace__ != '' && self.redact__underscores__d > 0 # {'x-prop':1,'namespace':'n','redact__d':1} # {'x-prop':0,'namespace':'n','redact__d':1}",
        "self.data == b'abc' # {'data':'YWJj'} # {'data':'YWJk'}",
        "self.?deep.?text.orValue('none') == 'none' # {} # {'deep':{'text':'x'}}",
        "self.ratio >= 0.5 && self.ratio < 1 # {'ratio':0.5} # {'ratio':2}",
        "self.embedded.kind == 'Pod' && self.embedded.metadata.name == 'p' # {'embedded':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}} # {'embedded':{'apiVersion':'v1','kind':'Node','metadata':{'name':'p'}}}",
        "!has(self.nullable) || dyn(self.nullable) == null || self.nullable > 1 # {'nullable':null} # {'nullable':1}",
        "self.cidrs.all(c, cidr(c).ip().family() == 4) # {'cidrs':['10.0.0.0/8']} # {'cidrs':['::/0']}",
        "self.limits.all(k, quantity(self.limits[k]).isLessThan(quantity('1Gi'))) # {'limits':{'m':'500Mi'}} # {'limits':{'m':'2Gi'}}",
      })
  void decides(String rule, String good, String bad) {
    CelRules rules = compile(WIDGET.formatted("{\"rule\":" + quoted(rule) + "}"));

    assertThat(rules.problems()).isEmpty();
    assertThat(rules.check(tree(good)).problems()).as(good).isEmpty();
    assertThat(rules.check(tree(bad)).problems()).as(bad).hasSize(1);
  }

  private static final String WIDGET =
      """
      {"type":"object","x-kubernetes-validations":[%s],"properties":{
       "name":{"type":"string","maxLength":64},"health":{"type":"string","maxLength":64},
       "created":{"type":"string","format":"date-time"},"expired":{"type":"string","format":"date-time"},
       "ttl":{"type":"string","format":"duration"},
       "widgets":{"type":"array","maxItems":10,"items":{"type":"object","properties":{
         "key":{"type":"string","maxLength":10},"foo":{"type":"integer"}}}},
       "port":{"x-kubernetes-int-or-string":true},
       "set1":{"type":"array","maxItems":10,"x-kubernetes-list-type":"set","items":{"type":"string","maxLength":10}},
       "set2":{"type":"array","maxItems":10,"x-kubernetes-list-type":"set","items":{"type":"string","maxLength":10}},
       "names":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":10}},
       "details":{"type":"object","maxProperties":10,"additionalProperties":{"type":"string","maxLength":10}},
       "env":{"type":"object","additionalProperties":{"type":"string","maxLength":100}},
       "limits":{"type":"object","maxProperties":10,"additionalProperties":{"type":"string","maxLength":100}},
       "x-prop":{"type":"integer"},"namespace":{"type":"string","maxLength":10},"redact__d":{"type":"integer"},
       "data":{"type":"string","format":"byte","maxLength":100},
       "deep":{"type":"object","properties":{"text":{"type":"string","maxLength":10}}},
       "ratio":{"type":"number"},"nullable":{"type":"integer","nullable":true},
       "cidrs":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":50}},
       "embedded":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true},
       "list":{"type":"array","maxItems":10,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["key"],
        "items":{"type":"object","required":["key"],
         "x-kubernetes-validations":[{"rule":"self.value >= oldSelf.value","message":"must not shrink"}],
         "properties":{"key":{"type":"string","maxLength":10},"value":{"type":"integer"}}}}}}
      """;

  @Test
  void comparesItemsOfAListWithThoseOfTheSameKeyBefore() {
    CelRules rules = compile(WIDGET.formatted(""));

    Tree before = tree("{'list':[{'key':'a','value':5},{'key':'b','value':1}]}");
    Tree after =
        tree("{'list':[{'key':'b','value':1},{'key':'c','value':0},{'key':'a','value':4}]}");

    assertThat(rules.check(after).problems()).isEmpty();
    assertThat(rules.check(after, before).problems())
        .containsExactly(
            new Problem(
                "FieldValueInvalid", "list[2]", "Invalid value: \"object\": must not shrink"));
  }

  @Test
  void comparesWithNothingWhereTheOldValueMayBeAbsent() {
    CelRules rules =
        compile(
            WIDGET.formatted(
                "{\"rule\":\"oldSelf.hasValue() || self.name == 'first'\",\"optionalOldSelf\":true}"));

    assertThat(rules.problems()).isEmpty();
    assertThat(rules.check(tree("{'name':'first'}")).problems()).isEmpty();
    assertThat(rules.check(tree("{'name':'second'}")).problems()).hasSize(1);
    assertThat(rules.check(tree("{'name':'second'}"), tree("{'name':'first'}")).problems())
        .isEmpty();
  }

  @Test
  void onlyWarnsOfWhatWasWrongBefore() {
    CelRules rules = compile(REPLICAS);
    Tree wrong = tree("{'spec':{'minReplicas':3,'replicas':2,'maxReplicas':3}}");

    CelVerdict verdict = rules.check(wrong.withAt("x", "metadata", "name"), wrong);

    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.warnings())
        .containsExactly(
            "spec: Invalid value: \"object\": failed rule: self.minReplicas <= self.replicas");
    assertThat(
            rules
                .check(tree("{'spec':{'minReplicas':4,'replicas':2,'maxReplicas':3}}"), wrong)
                .problems())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "{'rule':'self.gone == 1'} # rule # compilation failed: ERROR: <input>:1:5: undefined field 'gone'",
        "{'rule':'self.name'} # rule # cel expression must evaluate to a bool",
        "{'rule':'self.name =='} # rule # compilation failed: ERROR: <input>:1:13: mismatched input",
        "{'rule':' '} # rule # Required value: rule is not specified",
        "{'rule':'true','message':' '} # message # message must be non-empty if specified",
        "{'rule':'true','message':'a\\nb'} # message # message must not contain line breaks",
        "{'rule':'true\\n && true'} # message # message must be specified if rule contains line breaks",
        "{'rule':'true','messageExpression':'1'} # messageExpression # messageExpression must evaluate to a string",
        "{'rule':'true','messageExpression':'x'} # messageExpression # messageExpression compilation failed: ERROR",
        "{'rule':'true','reason':'Bad'} # reason # Unsupported value: \"Bad\": supported values: \"FieldValueDuplicate\"",
        "{'rule':'true','fieldPath':'.gone'} # fieldPath # fieldPath must be a valid path: does not refer to a valid field",
        "{'rule':'true','fieldPath':'.list[0]'} # fieldPath # expected single quoted string but got 0",
        "{'rule':'true','fieldPath':'.'} # fieldPath # unexpected end of JSON path",
        "{'rule':'self.env.all(k, self.env.all(l, self.env[k] != self.env[l] || k == l))'} # rule # Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems,",
      })
  void refusesRulesThatAreWrong(String rule, String field, String message) {
    List<Problem> problems = compile(WIDGET.formatted(rule.replace('\'', '"'))).problems();

    assertThat(problems).isNotEmpty();
    assertThat(problems.get(0).field())
        .isEqualTo("spec.validation.openAPIV3Schema.x-kubernetes-validations[0]." + field);
    assertThat(problems.get(0).message()).contains(message);
  }

  @Test
  void printsTheRuleThatDoesNotCompile() {
    assertThat(compile(WIDGET.formatted("{\"rule\":\"self.gone == 1\"}")).problems())
        .extracting(Problem::message)
        .containsExactly(
            "Invalid value: {\"Rule\":\"self.gone == 1\",\"Message\":\"\",\"MessageExpression\":\"\","
                + "\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed:"
                + " ERROR: <input>:1:5: undefined field 'gone'\n | self.gone == 1\n | ....^");
  }

  @Test
  void refusesOldValuesInListsWhoseItemsCannotBeFoundAgain() {
    String schema =
        """
        {"type":"object","properties":{"spec":{"type":"array","maxItems":3,"items":
         {"type":"string","maxLength":5,"x-kubernetes-validations":[{"rule":"self == oldSelf"}]}}}}
        """;

    assertThat(compile(schema).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "spec.validation.openAPIV3Schema.properties[spec].items.x-kubernetes-validations[0].rule:"
                + " Invalid value: \"self == oldSelf\": oldSelf cannot be used on the"
                + " uncorrelatable portion of the schema within"
                + " spec.validation.openAPIV3Schema.properties[spec]");
  }

  @Test
  void refusesRulesThatTogetherMayCostTooMuch() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      rules.append(i == 0 ? "" : ",").append("{\"rule\":\"[1, 2, 3, 4].all(i, self == oldSelf)\"}");
    }
    String schema =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-kubernetes-validations\":["
            + rules
            + "]}}}";

    assertThat(compile(schema).problems())
        .extracting(Problem::message)
        .hasSize(5)
        .last()
        .asString()
        .startsWith(
            "Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3"
                + " schema exceeds budget by factor of 1.2");
  }

  @Test
  void checksPartsOfAllOf() {
    String schema =
        """
        {"type":"object","properties":{"a":{"type":"integer"}},
         "allOf":[{"properties":{"a":{"x-kubernetes-validations":[{"rule":"self > 1"}]}}}]}
        """;

    assertThat(check(schema, "{'a':1}")).extracting(Problem::field).containsExactly("a");
  }

  @Test
  void hasNothingToSayOfASchemaWithoutRules() {
    CelRules rules = compile("{\"type\":\"object\"}");

    assertThat(rules).isSameAs(CelRules.NONE);
    assertThat(rules.check(Tree.EMPTY)).isSameAs(CelVerdict.FINE);
  }

  private static List<Problem> check(String schema, String object) {
    CelRules rules = compile(schema);
    assertThat(rules.problems()).isEmpty();
    return rules.check(tree(object)).problems();
  }

  private static CelRules compile(String schema) {
    return CelRules.compile(parse(schema), SCHEMA);
  }

  private static Tree tree(String text) {
    return parse(text.replace('\'', '"'));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Tree parse(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
