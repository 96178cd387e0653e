package io.riacho.firehose.destination.s3;

import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;

/** Says at creation whether records can be processed so. */
@FunctionalInterface
public interface ProcessingCheck {

    /**
     * @return with the API's defaults for what is left out
     * @throws io.riacho.protocol.AwsException InvalidArgumentException
     */
    ProcessingConfiguration complete(ProcessingConfiguration configuration);
}
