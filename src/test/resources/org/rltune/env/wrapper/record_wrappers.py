"""Writes gymnasium_wrappers.json: what the wrappers of Gymnasium 1.3.0 answer around an environment of formulas.

Run: python record_wrappers.py gymnasium_wrappers.json
"""
import json, numpy as np, gymnasium as gym
from gymnasium import spaces, wrappers as W
f32=np.float32

class Probe(gym.Env):
    """Deterministic: element i of the observation in episode e at step t is a simple formula; no draws."""
    def __init__(self, space, make, length=7, terminates=True, action_space=None, frame=None):
        self.observation_space=space; self.make=make; self.length=length; self.terminates=terminates
        self.action_space=action_space or spaces.Box(-2,3,(2,),f32); self.e=-1; self.actions=[]
        self.render_mode="rgb_array"; self.metadata={"render_modes":["rgb_array"],"render_fps":30}
    def reset(self,*,seed=None,options=None):
        super().reset(seed=seed); self.e+=1; self.t=0
        return self.make(self.e,self.t),{}
    def step(self,a):
        self.actions.append(a); self.t+=1
        end=self.t>=self.length+self.e%3
        r=float(self.e*0.25-self.t*0.5+0.1*(self.t%3))
        return self.make(self.e,self.t),r,bool(end and self.e%2==0),bool(end and self.e%2==1),{}
    def render(self):
        h,w=6,5
        return np.array([[[ (x*50+self.t*3)%256,(y*40)%256,(x*y*11)%256] for x in range(w)] for y in range(h)],dtype=np.uint8)

def formula(e,t): # float32 vector of 3
    return np.array([ (t*37+e*11)%19/7-1, (t*t-5*e)/16, ((t*53)%31-15)*100.0], dtype=f32)
BOX=spaces.Box(np.array([-1,-5,-1500],f32),np.array([2,20,1500],f32))
def vec(length=7): return Probe(BOX,formula,length)
def img(e,t,h=6,w=5): return np.array([[[ (x*50+t*3+e)%256,(y*40+7*t)%256,(x*y*11+t*t)%256] for x in range(w)] for y in range(h)],dtype=np.uint8)
IMG=spaces.Box(0,255,(6,5,3),np.uint8)
def imgs(length=7): return Probe(IMG,img,length)
def dbl(e,t): return np.array([t*1.5+e/3.0, -t*t*0.01], dtype=np.float64)
DBL=spaces.Box(-100,100,(2,),np.float64)

def plain(v):
    if isinstance(v,dict): return {k:plain(x) for k,x in v.items()}
    if isinstance(v,tuple): return [plain(x) for x in v]
    if isinstance(v,np.ndarray): return [float(x) for x in v.ravel()]
    return float(v)
def play(env, steps, action=np.zeros(2,f32), obs=True, rew=True):
    out=[]; o,_=env.reset(seed=3); out.append([plain(o)])
    for _ in range(steps):
        o,r,te,tr,_=env.step(action); out.append([plain(o),float(r),bool(te),bool(tr)])
        if te or tr: o,_=env.reset(); out.append([plain(o)])
    return out
def actions(env, acts):
    base=env.unwrapped; env.reset(seed=3); out=[]
    for a in acts:
        env.step(a); out.append(plain(base.actions[-1]))
    return out
R={}
R["NormalizeObservation float32"]=play(W.NormalizeObservation(vec()),30)
R["NormalizeObservation epsilon 0.5"]=play(W.NormalizeObservation(vec(),0.5),8)
R["NormalizeObservation float64"]=play(W.NormalizeObservation(Probe(DBL,dbl)),30)
R["NormalizeObservation uint8"]=play(W.NormalizeObservation(imgs()),6)
R["NormalizeReward"]=play(W.NormalizeReward(vec()),40)
R["NormalizeReward gamma 0.5 epsilon 0.1"]=play(W.NormalizeReward(vec(),0.5,0.1),40)
R["MaxAndSkipObservation"]=play(W.MaxAndSkipObservation(vec()),6)
R["MaxAndSkipObservation 2 uint8"]=play(W.MaxAndSkipObservation(imgs(),2),6)
R["MaxAndSkipObservation short"]=play(W.MaxAndSkipObservation(vec(2),4),1)
R["FrameStackObservation reset"]=play(W.FrameStackObservation(vec(),3),12)
R["FrameStackObservation zero"]=play(W.FrameStackObservation(vec(),4,padding_type="zero"),12)
R["FrameStackObservation custom"]=play(W.FrameStackObservation(vec(),3,padding_type=np.array([1,2,3],f32)),5)
R["DelayObservation 2"]=play(W.DelayObservation(vec(),2),12)
R["DelayObservation 0"]=play(W.DelayObservation(vec(),0),3)
TL=lambda e,n=20: W.TimeLimit(e,n)
R["TimeAwareObservation"]=play(W.TimeAwareObservation(TL(vec())),12)
R["TimeAwareObservation normalized"]=play(W.TimeAwareObservation(TL(vec()),normalize_time=True),12)
R["TimeAwareObservation nested"]=play(W.TimeAwareObservation(TL(vec()),flatten=False),3)
DICT=spaces.Dict({"zeta":BOX,"alpha":spaces.Discrete(3)})
dic=lambda: Probe(DICT,lambda e,t:{"zeta":formula(e,t),"alpha":t%3})
R["TimeAwareObservation Dict"]=play(W.TimeAwareObservation(TL(dic()),normalize_time=True,dict_time_key="clock"),5)
TUP=spaces.Tuple((BOX,spaces.Discrete(3,start=1)))
tup=lambda: Probe(TUP,lambda e,t:(formula(e,t),1+t%3))
R["TimeAwareObservation Tuple"]=play(W.TimeAwareObservation(TL(tup())),5)
R["FlattenObservation Dict"]=play(W.FlattenObservation(dic()),4)
R["FilterObservation Tuple"]=play(W.FilterObservation(tup(),[1]),4)
R["FilterObservation Dict"]=play(W.FilterObservation(dic(),["zeta"]),4)
R["GrayscaleObservation"]=play(W.GrayscaleObservation(imgs()),8)
R["RescaleObservation"]=play(W.RescaleObservation(vec(),-1.0,1.0),12)
R["RescaleObservation past its bound"]=play(W.RescaleObservation(vec(),np.array([0,-0.1,3],f32),np.array([1,0.7,9.3],f32)),12)
R["DiscretizeObservation 4"]=play(W.DiscretizeObservation(vec(),4),14)
R["DiscretizeObservation multi"]=play(W.DiscretizeObservation(vec(),(3,7,10),multidiscrete=True),14)
R["RepeatAction 3"]=play(W.RepeatAction(vec(),3),8)
R["Autoreset"]=[]
env=W.Autoreset(vec()); o,_=env.reset(seed=3); R["Autoreset"].append([plain(o)])
for _ in range(25):
    o,r,te,tr,_=env.step(np.zeros(2,f32)); R["Autoreset"].append([plain(o),float(r),bool(te),bool(tr)])
R["RecordEpisodeStatistics"]=[]
env=W.RecordEpisodeStatistics(vec(),buffer_length=2)
for e in range(3):
    env.reset(seed=3)
    while True:
        o,r,te,tr,info=env.step(np.zeros(2,f32))
        if te or tr: R["RecordEpisodeStatistics"].append([info["episode"]["r"],info["episode"]["l"]]); break
R["RecordEpisodeStatistics queues"]=[list(env.return_queue),list(env.length_queue)]
R["ClipReward"]=play(W.ClipReward(vec(),-1.5,0.25),8)
R["ClipReward below"]=play(W.ClipReward(vec(),-1.5),8)
# actions
A=[np.array([x,y],f32) for x,y in [(0,0),(1,-1),(-1,1),(0.3,0.7),(-0.123,0.9999),(5,-7),(1/3,-1/3)]]
R["ClipAction"]=actions(W.ClipAction(vec(1000)),A)
R["RescaleAction"]=actions(W.RescaleAction(vec(1000),-1.0,1.0),A)
R["RescaleAction arrays"]=actions(W.RescaleAction(vec(1000),np.array([-0.1,-1],f32),np.array([0.7,1],f32)),A)
R["DiscretizeAction 5"]=actions(W.DiscretizeAction(vec(1000),5),list(range(25)))
R["DiscretizeAction multi"]=actions(W.DiscretizeAction(vec(1000),(3,7),multidiscrete=True),[np.array([i%3,i%7]) for i in range(21)])
da=W.DiscretizeAction(vec(1000),(3,7)); R["DiscretizeAction revert"]=[int(da.revert_action(a)) for a in A]
do=W.DiscretizeObservation(vec(),(3,7,10)); R["DiscretizeObservation revert"]=[[plain(x) for x in do.revert_observation(i)] for i in (0,13,209,104)]
def sticky(p,d,n=60):
    env=W.StickyAction(Probe(BOX,formula,1000,action_space=spaces.Discrete(1000)),p,d); base=env.unwrapped
    env.reset(seed=11)
    for a in range(n): env.step(a)
    return base.actions
R["StickyAction 0.5"]=sticky(0.5,1); R["StickyAction 0.3 of 4"]=sticky(0.3,4); R["StickyAction 0.4 of 2 to 5"]=sticky(0.4,(2,5))
# pictures
def noisy(env):
    env.reset(seed=5); out=[env.render().ravel().tolist()]; env.step(np.zeros(2,f32)); out.append(env.render().ravel().tolist()); return out
R["AddWhiteNoise 0.4"]=noisy(W.AddWhiteNoise(vec(),0.4)); R["AddWhiteNoise 0.6 gray"]=noisy(W.AddWhiteNoise(vec(),0.6,True))
R["ObstructView 0.5 of 2"]=noisy(W.ObstructView(vec(),0.5,2)); R["ObstructView 0.7 of 3 gray"]=noisy(W.ObstructView(vec(),0.7,3,True))
import cv2
r=np.random.default_rng(8); RS=[]
for c in (1,3):
  for h,w,dh,dw in [(8,8,4,4),(9,6,3,2),(12,10,5,7),(21,16,8,9),(5,7,5,7),(4,5,9,11),(6,8,9,4),(7,9,3,12),(1,1,2,3),(16,12,1,1)]:
    im=r.integers(0,256,(h,w,c),dtype=np.uint8)
    RS.append({"from":[h,w,c],"to":[dh,dw],"image":im.ravel().tolist(),"result":cv2.resize(im,(dw,dh),interpolation=cv2.INTER_AREA).ravel().tolist()})
for c in (2,4):
    im=r.integers(0,256,(8,6,c),dtype=np.uint8)
    RS.append({"from":[8,6,c],"to":[4,3],"image":im.ravel().tolist(),"result":cv2.resize(im,(3,4),interpolation=cv2.INTER_AREA).ravel().tolist()})
R["resize"]=RS
# spaces
def sp(env): s=env.observation_space; return [plain(s.low),plain(s.high),list(s.shape)]
R["spaces"]={"NormalizeObservation":None,"TimeAwareObservation":sp(W.TimeAwareObservation(TL(vec()))),"RescaleObservation":sp(W.RescaleObservation(vec(),-1.0,1.0)),"FrameStackObservation":sp(W.FrameStackObservation(vec(),3)),"TimeAwareObservation Dict":sp(W.TimeAwareObservation(TL(dic()),normalize_time=True,dict_time_key="clock")),"FlattenObservation Dict":sp(W.FlattenObservation(dic()))}
R["origin"]="gymnasium %s, numpy %s, opencv %s, by record_wrappers.py"%(gym.__version__,np.__version__,cv2.__version__)
print(len(json.dumps(R)))
import sys; json.dump(R,open(sys.argv[1],"w"),separators=(",",":"))
