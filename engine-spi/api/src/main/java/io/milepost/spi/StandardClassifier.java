package io.milepost.spi;

import org.jspecify.annotations.Nullable;

enum StandardClassifier implements NodeClassifier {
    INSTANCE;

    @Override
    public Role classify(Element element) {
        String channel = element.property("milepost:channel");
        NodeType told = told(element.property("milepost:type"));
        if (told != null) {
            return new Role(told, channel);
        }
        return channel != null ? new Role(NodeType.SEND, channel) : new Role(byBpmn(element), null);
    }

    private static @Nullable NodeType told(@Nullable String type) {
        return type == null ? null : NodeType.ofWireName(type);
    }

    private static NodeType byBpmn(Element element) {
        return switch (element.bpmnType()) {
            case "startEvent" -> NodeType.TRIGGER;
            case "endEvent" -> NodeType.EXIT;
            case "sendTask" -> NodeType.SEND;
            case "receiveTask" -> NodeType.WAIT_FOR_EVENT;
            case "intermediateCatchEvent", "boundaryEvent" ->
                "timer".equals(element.event()) ? NodeType.WAIT : NodeType.WAIT_FOR_EVENT;
            case "exclusiveGateway", "inclusiveGateway", "complexGateway", "businessRuleTask" -> NodeType.DECISION;
            case "eventBasedGateway" -> NodeType.WAIT_FOR_EVENT;
            case "parallelGateway" -> NodeType.SPLIT;
            default -> NodeType.CUSTOM;
        };
    }
}
