package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutterTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Deployment | spec: {replicas: 1, paused: true} | {'f:spec':{'f:replicas':{}}} | {'spec':{'paused':true}} | {'spec':{'replicas':1}}
          Deployment | spec: {replicas: 1}, kind: X | {'f:spec':{'f:replicas':{}}} | {'kind':'X'} | {'spec':{'replicas':1}}
          Deployment | spec: {replicas: 1} | {'f:spec':{'f:paused':{}}} | {'spec':{'replicas':1}} | {}
          Service | spec: {ports: [{port: 80}, {port: 81}]} | {'f:spec':{'f:ports':{'k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}':{}}}} | {'spec':{'ports':[{'port':81}]}} | {'spec':{'ports':[{}]}}
          Service | spec: {ports: [{port: 80, name: a}]} | {'f:spec':{'f:ports':{'k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}':{'f:name':{}}}}} | {'spec':{'ports':[{'port':80}]}} | {'spec':{'ports':[{'name':'a'}]}}
          Deployment | metadata: {finalizers: [a, b]} | {'f:metadata':{'f:finalizers':{'v:\\"a\\"':{}}}} | {'metadata':{'finalizers':['b']}} | {'metadata':{'finalizers':['a']}}
          """)
  void removesAndExtracts(
      String type, String object, String fields, String rest, String extracted) {
    FieldSet set = FieldSet.fromJson(Sample.json(fields));
    Tree tree = Sample.flow(object);

    assertThat(Sample.text(Cutter.remove(tree, set, Sample.type(type)))).isEqualTo(rest);
    assertThat(Sample.text(Cutter.extract(tree, set, Sample.type(type)))).isEqualTo(extracted);
  }
}
