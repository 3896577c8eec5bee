/**
 * Any word that a rule looks for, to find in a long log the few lines that matter. Plain alternatives only: this
 * runs over a whole megabyte.
 */
export const ANCHOR =
  /out of (?:memory|shared|resource)|tried to allocate|(?:fail|unable|attempt|ca?nnot|can't|oom when|not) ?(?:ed|ing)? ?(?:to )?allocat|resource.?exhausted|killed|sigkill|sigbus|bus error|exit ?code|return code|status code|exit with|oom[-_ ]?kill|ancdata|too many open|shared memory|no space left|errno|writer failed|disk quota|cache blocks|kv cache|free memory on device|warming up|mem-fraction|prefill tokens|req_slots|profiled|low on resource|memory pressure|available ram|system memory|memoryerror|bad_alloc|paging file|_alloc_failed|cudnn|cublas|illegal memory|device-side assert|kernel image|driver|watchdog|nccl|ecc error|xid|device handle|heap out|internal assert|executable batch|dispatched on|pinned|segmentation|显存|内存|显卡|被杀|已杀死|共享|磁盘|空间|页面文件/;
